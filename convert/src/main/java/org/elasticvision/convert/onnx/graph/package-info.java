/** ONNX graphs in memory: nodes, and initializers whose values are computed when they are written. */
package org.elasticvision.convert.onnx.graph;
