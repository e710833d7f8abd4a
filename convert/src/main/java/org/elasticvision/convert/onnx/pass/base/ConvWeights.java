package org.elasticvision.convert.onnx.pass.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;

/** The weight and bias of a Conv node, and how to give it others. */
public final class ConvWeights {
    private ConvWeights() {}

    public static Initializer.Floats weight(Graph graph, Node conv) {
        return graph.weights(conv.inputs().get(1));
    }

    public static Optional<Initializer.Floats> bias(Graph graph, Node conv) {
        return conv.inputs().size() > 2
                ? Optional.of(graph.weights(conv.inputs().get(2)))
                : Optional.empty();
    }

    public static long outChannels(Graph graph, Node conv) {
        return weight(graph, conv).shape().get(0);
    }

    /** The bias, or zeros. */
    public static float[] biasOrZeros(Graph graph, Node conv) {
        return bias(graph, conv)
                .map(Initializer.Floats::read)
                .orElseGet(() -> new float[Math.toIntExact(outChannels(graph, conv))]);
    }

    /** Replaces the weight, named after the node, and the bias where there is one. */
    public static Node replace(
            Graph graph, Node conv, List<Long> shape, Initializer.Values weight, Optional<float[]> bias) {
        String weightName = conv.name() + ".weight";
        List<String> inputs = new ArrayList<>(List.of(conv.inputs().get(0), weightName));
        graph.put(new Initializer.Floats(weightName, shape, weight));
        bias.ifPresent(values -> {
            String biasName = conv.name() + ".bias";
            graph.put(new Initializer.Floats(biasName, List.of((long) values.length), values::clone));
            inputs.add(biasName);
        });
        Node replacement = conv.withInputs(inputs);
        graph.replace(replacement);
        return replacement;
    }

    public static boolean isPointwise(Node conv) {
        List<Long> ones = List.of(1L, 1L);
        return conv.integers("kernel_shape", List.of()).equals(ones)
                && conv.integers("strides", ones).equals(ones)
                && conv.integers("pads", List.of()).stream().allMatch(pad -> pad == 0);
    }
}
