package org.elasticvision.convert.onnx.graph;

import java.util.HashMap;
import java.util.Map;

/** How many channels the values of an image network have: their second dimension. Computed as asked for. */
public final class Channels {
    private final Graph graph;
    private final Map<String, Long> known = new HashMap<>();

    /**
     * Follows them through a graph.
     *
     * @param graph what is looked at
     */
    public Channels(Graph graph) {
        this.graph = graph;
        known.put(graph.input().name(), Long.valueOf(graph.input().dimensions().get(1)));
    }

    /**
     * {@return the channels of the graph's input or of a node's output}
     *
     * @param value the value's name
     */
    public long of(String value) {
        Long channels = known.get(value);
        if (channels == null) {
            Node node = graph.producer(value)
                    .orElseThrow(() -> new IllegalArgumentException(value + " is not a value of this graph"));
            channels = made(node);
            known.put(value, channels);
        }
        return channels;
    }

    private long made(Node node) {
        return switch (node.op()) {
            case CONV, GEMM -> weightShape(node, 0);
            case CONV_TRANSPOSE -> weightShape(node, 1) * node.integer("group", 1);
            case CONCAT -> node.inputs().stream().mapToLong(this::of).sum();
            case ADD, MUL -> Math.max(of(node.inputs().get(0)), of(node.inputs().get(1)));
            case AVERAGE_POOL,
                    BATCH_NORMALIZATION,
                    CAST,
                    DEQUANTIZE_LINEAR,
                    EXPAND,
                    FLATTEN,
                    GLOBAL_AVERAGE_POOL,
                    LOG_SOFTMAX,
                    MAX_POOL,
                    PAD,
                    QUANTIZE_LINEAR,
                    RELU,
                    RESIZE,
                    SIGMOID,
                    SLICE -> of(node.inputs().get(0));
        };
    }

    private long weightShape(Node node, int axis) {
        return graph.weights(node.inputs().get(1)).shape().get(axis);
    }
}
