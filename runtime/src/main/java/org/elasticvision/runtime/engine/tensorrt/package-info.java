/**
 * Runs TensorRT engines on NVIDIA GPUs, and what there is to know of a GPU and of an engine file. The only package that
 * knows CUDA and TensorRT; nothing native leaves it.
 */
package org.elasticvision.runtime.engine.tensorrt;
