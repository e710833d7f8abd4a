/** The moving average of a network's tensors: {@code TensorAverage}. */
@Internal
package org.elasticvision.train.torch.average;

import org.elasticvision.runtime.base.Internal;
