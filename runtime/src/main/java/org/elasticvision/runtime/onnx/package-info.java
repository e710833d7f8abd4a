/**
 * ONNX files, read without ONNX Runtime and without protobuf's library: whether a file is one and which others belong to it
 * ({@link org.elasticvision.runtime.onnx.ModelContent}, which the converter uses too), and its graph, for engines of our own.
 *
 * <p>{@link org.elasticvision.runtime.onnx.OnnxGraph#read} gives the graph. Nodes, names and shapes are read at once; weights stay in the
 * file, and {@link org.elasticvision.runtime.onnx.OnnxTensor} reads those that are asked for. Whether operators and attributes make sense is
 * for who runs the graph to say.
 */
@Internal
package org.elasticvision.runtime.onnx;

import org.elasticvision.runtime.base.Internal;
