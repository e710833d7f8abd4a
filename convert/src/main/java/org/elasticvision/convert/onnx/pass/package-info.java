/** Rewrites of ONNX graphs, each exact in real numbers. */
package org.elasticvision.convert.onnx.pass;
