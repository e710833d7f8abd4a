/**
 * ONNX graphs as Java objects, without protobuf.
 *
 * <p>{@link org.elasticvision.convert.onnx.graph.Graph} is for our own networks: one input, one output, nodes in an order in
 * which they can run; passes change it. It holds no weights: an {@link org.elasticvision.convert.onnx.graph.Initializer} knows
 * where to get them when the file is written. {@link org.elasticvision.convert.onnx.graph.GraphView} is any graph, read only;
 * {@code Graph.view()} gives ours as one.
 *
 * <p>Read {@link org.elasticvision.convert.onnx.graph.OpType} first: the one table of the operators that our graphs use, what each
 * takes and how it behaves. {@code Graph.problems()} says what is wrong with a graph, by that table.
 */
package org.elasticvision.convert.onnx.graph;
