/**
 * Builds TensorRT engines from ONNX models. The only package of this module that knows TensorRT and CUDA; what it decides is
 * apart from what calls TensorRT, so that it can be tested where there is no GPU.
 */
package org.elasticvision.convert.tensorrt;
