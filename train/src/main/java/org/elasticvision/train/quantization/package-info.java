/**
 * Quantization-aware training: after its run a network is trained on for some epochs as its int8 model will compute, and that model is written.
 *
 * <p>What flows: the fp32 model that the run has exported, BatchNorm folded; training images, by which {@code convert.quantize} measures ranges and
 * says where the target has Q/DQ pairs; {@code train.torch.quantized}, which rounds there while weights and scales are learned; the best of what was
 * learned, which {@code convert.quantize} writes as it would write a model that it has quantized itself. {@code train.cli.progress} calls it. Read
 * {@link org.elasticvision.train.quantization.QuantizationAwareTraining} first.
 */
package org.elasticvision.train.quantization;
