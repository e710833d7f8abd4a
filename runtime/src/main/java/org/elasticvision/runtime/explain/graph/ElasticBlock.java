package org.elasticvision.runtime.explain.graph;

/**
 * An Elastic block of a graph: two branches with a 3×3 convolution each see the same value, one of them at half the resolution.
 *
 * @param name what the names of both convolutions begin with, such as {@code layer1.0}
 * @param high the value after the 3×3 convolution at the block's resolution, and after its normalisation and activation where they follow
 * @param low the same at half the resolution
 */
public record ElasticBlock(String name, String high, String low) {}
