/**
 * The public API: open a converted model and ask it about images.
 *
 * <p>No type of ONNX Runtime, TensorRT or LibTorch appears here; OpenCV's {@code Mat} is accepted as an input.
 */
package org.elasticvision.runtime;
