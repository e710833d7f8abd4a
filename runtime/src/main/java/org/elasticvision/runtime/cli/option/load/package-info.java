/** Options of the commands that measure speed: what is asked of a model while it is measured. */
@Internal
package org.elasticvision.runtime.cli.option.load;

import org.elasticvision.runtime.base.Internal;
