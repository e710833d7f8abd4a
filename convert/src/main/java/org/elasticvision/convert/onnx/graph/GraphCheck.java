package org.elasticvision.convert.onnx.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for what is wrong with a graph: nodes that use what is made after them or by nobody, an output that nobody makes,
 * initializers that nobody uses, nodes that their operator does not allow, types that cannot meet.
 */
final class GraphCheck {
    private final Graph graph;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> made = new HashSet<>();
    private final Map<String, ElementType> types = new HashMap<>();

    private GraphCheck(Graph graph) {
        this.graph = graph;
    }

    static List<String> problems(Graph graph) {
        GraphCheck check = new GraphCheck(graph);
        check.run();
        return List.copyOf(check.problems);
    }

    private void run() {
        make(graph.input().name(), Optional.of(ElementType.FP32));
        for (Initializer initializer : graph.initializers()) {
            make(initializer.name(), Optional.of(initializer.type()));
            if (graph.consumers(initializer.name()).isEmpty()) {
                problems.add("nobody uses the initializer " + initializer.name());
            }
        }
        for (Node node : graph.nodes()) {
            check(node);
            make(node.output(), type(node));
        }
        String output = graph.output().name();
        if (graph.producer(output).isEmpty()) {
            problems.add("no node makes the output " + output);
        } else if (types.getOrDefault(output, ElementType.FP32) != ElementType.FP32) {
            problems.add("the output " + output + " is of the type " + types.get(output) + ", not FP32");
        }
    }

    private void make(String value, Optional<ElementType> type) {
        if (!made.add(value)) {
            problems.add(value + " is made twice");
        }
        type.ifPresent(known -> types.put(value, known));
    }

    private void check(Node node) {
        for (String input : node.inputs()) {
            if (!input.isEmpty() && !made.contains(input)) {
                problems.add(node.name() + " uses " + input
                        + (graph.producer(input).isPresent() ? " before it is made" : ", which nobody makes"));
            }
        }
        try {
            node.checked();
            node.op().schema().checkComplete(node);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private Optional<ElementType> type(Node node) {
        return switch (node.op().schema().types()) {
            case ONE_FLOAT -> oneFloat(node, node.inputs());
            case FIRST -> type(node, 0);
            case CAST_TO -> ElementType.of(node.integer("to", 0));
            case QUANTIZED -> {
                oneFloat(node, node.inputs().subList(0, 2));
                yield type(node, 2).or(() -> Optional.of(ElementType.UINT8));
            }
            case DEQUANTIZED -> {
                Optional<ElementType> codes = type(node, 0);
                if (codes.equals(type(node, 2).or(() -> codes))
                        && codes.filter(type -> type.isFloat()).isEmpty()) {
                    yield oneFloat(node, node.inputs().subList(1, 2));
                }
                problems.add(
                        node.name() + " takes " + codes.map(String::valueOf).orElse("nothing known")
                                + " with a zero point of another type, or no integers");
                yield Optional.empty();
            }
        };
    }

    private Optional<ElementType> type(Node node, int input) {
        return input < node.inputs().size()
                ? Optional.ofNullable(types.get(node.inputs().get(input)))
                : Optional.empty();
    }

    /** The type of some inputs, which must be one of float. */
    private Optional<ElementType> oneFloat(Node node, List<String> inputs) {
        Set<ElementType> found = new LinkedHashSet<>();
        inputs.stream().filter(types::containsKey).forEach(input -> found.add(types.get(input)));
        if (found.size() > 1 || found.stream().anyMatch(type -> !type.isFloat())) {
            problems.add(
                    node.name() + " takes " + found + ", but " + node.op().onnxName() + " takes one type of float");
        }
        return found.stream().findFirst();
    }
}
