/** Names: what files are called, where names of outputs follow from names of inputs, and which word was meant by one that is not known. */
@Internal
package org.elasticvision.runtime.io.name;

import org.elasticvision.runtime.base.Internal;
