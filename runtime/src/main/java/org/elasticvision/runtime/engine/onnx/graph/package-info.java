/**
 * The graph of an ONNX file, read without ONNX Runtime and without protobuf's library, for engines of our own.
 *
 * <p>{@link org.elasticvision.runtime.engine.onnx.graph.OnnxGraph#read} comes first. Nodes, names and shapes are read at once; weights
 * stay in the file, and {@link org.elasticvision.runtime.engine.onnx.graph.OnnxTensor} reads those that are asked for. Whether operators and
 * attributes make sense is for who runs the graph to say.
 */
@Internal
package org.elasticvision.runtime.engine.onnx.graph;

import org.elasticvision.runtime.base.Internal;
