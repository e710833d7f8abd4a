/** The commands that train. */
@Internal
package org.elasticvision.train.cli;

import org.elasticvision.runtime.base.Internal;
