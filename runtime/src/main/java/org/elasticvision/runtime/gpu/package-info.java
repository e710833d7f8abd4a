/**
 * NVIDIA's GPUs and libraries, below all that use them: ONNX Runtime's providers, TensorRT engines, LibTorch.
 *
 * <p>{@link org.elasticvision.runtime.gpu.Cuda} comes first: whether there are GPUs, found out without risk;
 * {@link org.elasticvision.runtime.gpu.TensorRt} whether its library is there. Both are asked before anything else of NVIDIA's is
 * touched. Which libraries each part needs, what brings them, and for which GPUs it has code are tables, resources of this package.
 */
package org.elasticvision.runtime.gpu;
