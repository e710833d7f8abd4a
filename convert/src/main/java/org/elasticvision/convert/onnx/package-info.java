/** From a network and its weights to an ONNX file. */
package org.elasticvision.convert.onnx;
