package org.elasticvision.runtime.explain.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxNode;

/** Who makes and who takes each value of a graph. Immutable. */
final class Wiring {
    /** The same numbers in another type, or the same type rounded. */
    private static final Set<String> CARRIERS =
            Set.of("Identity", "Cast", "Dropout", "QuantizeLinear", "DequantizeLinear");

    /** One number after the other, whatever the constants are. */
    private static final Set<String> POINTWISE = Set.of("Relu", "Clip", "LeakyRelu", "BatchNormalization");

    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");

    private final OnnxGraph graph;
    private final ConstantValues constants;
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Map<String, List<OnnxNode>> consumers = new HashMap<>();

    Wiring(OnnxGraph graph) {
        this.graph = graph;
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
            node.inputs().stream().distinct().forEach(input -> consumers
                    .computeIfAbsent(input, name -> new ArrayList<>())
                    .add(node));
        }
        constants = new ConstantValues(graph.constants(), producers);
    }

    OnnxGraph graph() {
        return graph;
    }

    ConstantValues constants() {
        return constants;
    }

    /** {@return the node that makes a value; empty for an input or a constant of the file} */
    Optional<OnnxNode> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    /** {@return the only node that takes a value; of a quantization or its end, of which each taker may have its own, the first} */
    Optional<OnnxNode> onlyConsumer(String value) {
        List<OnnxNode> takers = consumers.getOrDefault(value, List.of());
        boolean alike = !takers.isEmpty()
                && (takers.size() == 1
                        || takers.stream().allMatch(node -> node.operator().equals("DequantizeLinear")));
        return alike ? Optional.of(takers.get(0)) : Optional.empty();
    }

    boolean isCarrier(OnnxNode node) {
        return node.domain().isEmpty() && CARRIERS.contains(node.operator());
    }

    /** {@return the one value that a node changes number by number; empty where it does something else} */
    Optional<String> pointwiseInput(OnnxNode node) {
        if (isCarrier(node) || (node.domain().isEmpty() && POINTWISE.contains(node.operator()))) {
            return node.input(0);
        }
        if (!node.domain().isEmpty() || !ARITHMETIC.contains(node.operator())) {
            return Optional.empty();
        }
        List<String> changing = node.inputs().stream()
                .filter(input -> !constants.isConstant(input))
                .toList();
        return changing.size() == 1 ? Optional.of(changing.get(0)) : Optional.empty();
    }

    /** {@return the value that another is the same as, but for its type and rounding} */
    String carried(String value) {
        String from = value;
        Optional<OnnxNode> node = producer(from);
        while (node.isPresent() && isCarrier(node.get()) && node.get().input(0).isPresent()) {
            from = node.get().input(0).get();
            node = producer(from);
        }
        return from;
    }

    boolean isConvolution(OnnxNode node) {
        return node.domain().isEmpty() && node.operator().equals("Conv");
    }

    /** {@return shape of a convolution's weights: outputs, inputs of a group, height, width; empty where it is not in the file} */
    Optional<long[]> kernel(OnnxNode convolution) {
        return convolution.input(1).flatMap(constants::shape).filter(shape -> shape.length == 4);
    }
}
