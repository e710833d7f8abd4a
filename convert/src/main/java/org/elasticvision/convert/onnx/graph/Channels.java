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
        return switch (node.op().schema().channels()) {
            case FIRST -> of(node.inputs().get(0));
            case WIDEST -> node.activations().stream().mapToLong(this::of).max().orElseThrow();
            case SUM -> node.activations().stream().mapToLong(this::of).sum();
            case WEIGHT_ROWS -> weightShape(node, 0);
            case WEIGHT_COLUMNS -> weightShape(node, 1) * node.integer("group", 1);
        };
    }

    private long weightShape(Node node, int axis) {
        return graph.weights(node.inputs().get(1)).shape().get(axis);
    }
}
