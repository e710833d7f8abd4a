/**
 * Mixes the images of a training batch with each other, and their targets in the same way: {@code loading} has {@link
 * org.elasticvision.train.data.mixing.BatchMixing} do it when a batch is complete. Read that first.
 */
@Internal
package org.elasticvision.train.data.mixing;

import org.elasticvision.runtime.base.Internal;
