/**
 * What steps are made of: {@code Tensors} brings Java arrays to LibTorch and back, {@code TensorPlace} says where they go, {@code Loss} compares
 * a network's output with its target. {@link org.elasticvision.train.torch.TorchTrainer} and the network in fake quantization use them.
 */
@Internal
package org.elasticvision.train.torch.tensor;

import org.elasticvision.runtime.base.Internal;
