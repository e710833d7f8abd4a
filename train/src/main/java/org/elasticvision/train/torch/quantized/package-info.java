/**
 * A network in fake quantization: {@code GraphOps} runs the nodes of an exported fp32 graph as LibTorch tensors, {@code FakeQuantization} rounds
 * values where the int8 model of a target has its Q/DQ pairs, and {@link org.elasticvision.train.torch.quantized.QuantizedTrainer} owns the weights
 * and scales that are learned that way. {@code train.quantization} drives it: read that first.
 */
@Internal
package org.elasticvision.train.torch.quantized;

import org.elasticvision.runtime.base.Internal;
