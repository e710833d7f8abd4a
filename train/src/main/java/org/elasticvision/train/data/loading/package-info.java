/** Batches of a data set, epoch by epoch, decoded by several threads ahead of their use, in an order that the seed says. */
@Internal
package org.elasticvision.train.data.loading;

import org.elasticvision.runtime.base.Internal;
