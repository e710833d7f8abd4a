package org.elasticvision.convert.quantize.qdq;

import java.util.Set;
import java.util.function.Predicate;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;

/**
 * Where a network goes through 8 bits on a target: what its Q/DQ pairs are made by, and what fake quantization in training goes by. Passes
 * keep the names of values, so the places are those of the fp32 graph too. Immutable, as long as the graph is not changed.
 */
public final class Int8Places {
    private final Graph graph;
    private final QdqPlacement placement;

    private Int8Places(Graph graph, QdqPlacement placement) {
        this.graph = graph;
        this.placement = placement;
    }

    /**
     * Decides.
     *
     * @param graph that {@link QuantizedGraph#prepare} has prepared
     * @param target what runs the int8 model
     * @param excluded nodes that stay in float
     * @return the places
     */
    public static Int8Places of(Graph graph, Int8Target target, Predicate<Node> excluded) {
        return new Int8Places(graph, QdqPlacement.of(graph, target, excluded));
    }

    /** {@return the values that have a Q/DQ pair} */
    public Set<String> values() {
        return Set.copyOf(placement.values());
    }

    /**
     * {@return whether a node reads one of its inputs from 8 bits}
     *
     * @param node the node, or the one that makes the same value in the fp32 graph
     * @param value one of its inputs
     */
    public boolean readsQuantized(Node node, String value) {
        return placement.values().contains(value)
                && graph.producer(node.output())
                        .map(prepared -> placement.readsQuantized(prepared, value))
                        .orElse(false);
    }

    /**
     * {@return whether the weights of a node, its second input, are in 8 bits}
     *
     * @param node the node, or the one that makes the same value in the fp32 graph
     */
    public boolean hasInt8Weights(Node node) {
        return node.op().hasInt8Weights()
                && graph.producer(node.output()).map(placement::isQuantized).orElse(false);
    }

    /**
     * {@return the value whose scale a value has: its own, or of nodes that only move or select values that of their input, so that their kernels
     * copy codes}
     *
     * @param value one of {@link #values()}
     */
    public String scaledAs(String value) {
        return graph.producer(value)
                .filter(node -> node.op().movesValuesOnly())
                .map(node -> node.inputs().get(0))
                .filter(placement.values()::contains)
                .map(this::scaledAs)
                .orElse(value);
    }

    boolean has(String value) {
        return placement.values().contains(value);
    }

    /** Whether a node of the prepared graph is computed in 8 bits. */
    boolean isQuantized(Node node) {
        return placement.isQuantized(node);
    }
}
