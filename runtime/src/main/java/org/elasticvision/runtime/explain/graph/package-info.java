/**
 * Where in the graph of an ONNX file the values stand that an explanation needs, found by the graph's structure and not by names, so that
 * it holds for the literal and the optimized form of a network, for fp16 and for int8 with Q/DQ pairs.
 *
 * <p>{@link org.elasticvision.runtime.explain.graph.ElasticBlocks} finds Elastic blocks, {@link
 * org.elasticvision.runtime.explain.graph.PooledHead} a head of global pooling and a linear layer, {@link
 * org.elasticvision.runtime.explain.graph.ObservedCopy} makes a copy of the file that gives the values out. Begin with {@code Wiring}, which
 * both searches walk along.
 */
@Internal
package org.elasticvision.runtime.explain.graph;

import org.elasticvision.runtime.base.Internal;
