package org.elasticvision.runtime.engine;

/**
 * What one node of a network costs, as ONNX Runtime has optimised it.
 *
 * @param node its name; fused nodes have the name of one of them
 * @param operator such as {@code Conv}, or {@code FusedConv}
 * @param milliseconds the median of all runs
 */
public record NodeTime(String node, String operator, double milliseconds) {}
