/** Whether TensorRT takes a model, found out without TensorRT: a model against the published table of its ONNX parser. */
package org.elasticvision.convert.tensorrt.support;
