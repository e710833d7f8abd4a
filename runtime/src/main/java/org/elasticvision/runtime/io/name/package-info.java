/** What files are called, where names of outputs follow from names of inputs. */
@Internal
package org.elasticvision.runtime.io.name;

import org.elasticvision.runtime.base.Internal;
