/** What updates and epochs add up to, in one process and over all. */
@Internal
package org.elasticvision.train.run.totals;

import org.elasticvision.runtime.base.Internal;
