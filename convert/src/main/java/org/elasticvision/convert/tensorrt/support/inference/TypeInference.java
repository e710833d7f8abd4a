package org.elasticvision.convert.tensorrt.support.inference;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.GraphView;

/**
 * The types and ranks of all values of a graph, as far as they follow from its inputs and constants by the rules of the ONNX
 * standard; else what the file declares.
 */
public final class TypeInference {
    private final GraphView graph;
    private final Optional<TypeInference> outer;
    private final Map<String, Value> declared = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final IdentityHashMap<GraphView, TypeInference> bodies = new IdentityHashMap<>();

    private TypeInference(GraphView graph, Optional<TypeInference> outer) {
        this.graph = graph;
        this.outer = outer;
    }

    /** Looks at a whole network. */
    public static TypeInference of(GraphView graph) {
        TypeInference types = new TypeInference(graph, Optional.empty());
        types.infer(List.of());
        return types;
    }

    /** What is known of a value of this graph or of one around it. */
    public Value value(String name) {
        Value known = values.get(name);
        return known != null ? known : outer.map(around -> around.value(name)).orElse(Value.UNKNOWN);
    }

    /** The values of a branch or loop body of one of the nodes. */
    public TypeInference body(GraphView body) {
        return bodies.get(body);
    }

    /** All types that values of the graph have, and of those inside it. */
    public Stream<ElementType> types() {
        return Stream.concat(
                values.values().stream().flatMap(value -> value.type().stream()),
                bodies.values().stream().flatMap(TypeInference::types));
    }

    private void infer(List<Value> given) {
        Stream.concat(graph.declared().stream(), graph.outputs().stream())
                .forEach(port -> declared.put(port.name(), Value.of(port)));
        for (int i = 0; i < graph.inputs().size(); i++) {
            GraphView.Port port = graph.inputs().get(i);
            Value said = Value.of(port);
            Value value = i < given.size() ? said.or(given.get(i)) : said;
            values.put(port.name(), outer.isEmpty() ? value.asPort() : value);
        }
        // Old files list their initializers among the inputs.
        graph.initializers().forEach(tensor -> values.put(tensor.name(), Value.of(tensor)));
        graph.nodes().forEach(this::infer);
    }

    private void infer(GraphView.Node node) {
        for (GraphView body : node.bodies()) {
            TypeInference types = new TypeInference(body, Optional.of(this));
            bodies.put(body, types);
            types.infer(given(node));
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            String output = node.outputs().get(i);
            if (!output.isEmpty()) {
                Value made = node.domain().isEmpty() ? made(node, i) : Value.UNKNOWN;
                values.put(output, made.or(declared.getOrDefault(output, Value.UNKNOWN)));
            }
        }
    }

    /** What the inputs of a body are: of a Loop the count and the condition, then what is carried. */
    private List<Value> given(GraphView.Node node) {
        return switch (node.operator()) {
            case "Loop" ->
                Stream.concat(
                                Stream.of(scalar(ElementType.INT64), scalar(ElementType.BOOL)),
                                node.inputs().stream().skip(2).map(this::changing))
                        .toList();
            case "Scan" ->
                node.inputs().stream()
                        .map(name -> Value.of(value(name).type(), OptionalInt.empty()))
                        .toList();
            default -> List.of();
        };
    }

    private Value changing(String name) {
        Value value = value(name);
        return Value.of(value.type(), value.rank());
    }

    private static Value scalar(ElementType type) {
        return Value.of(Optional.of(type), OptionalInt.of(0));
    }

    private Value made(GraphView.Node node, int output) {
        if (node.operator().equals("Constant")) {
            return constant(node);
        }
        OutputRules rules = OutputRules.of(node.operator());
        CheckedNode checked = new CheckedNode(node, this);
        Value made = Value.of(rules.type(checked, output), rules.rank(checked, output));
        List<String> present =
                node.inputs().stream().filter(name -> !name.isEmpty()).toList();
        boolean constant = !present.isEmpty()
                && present.stream().allMatch(name -> value(name).constant())
                && !rules.random()
                && node.bodies().isEmpty();
        return constant ? made.asConstant(rules.copies() ? checked.input(0).tensor() : Optional.empty()) : made;
    }

    private static Value constant(GraphView.Node node) {
        for (String name : node.attributes().keySet()) {
            Optional<Value> value =
                    switch (name) {
                        case "value" ->
                            node.attribute(name, GraphView.Tensor.class).map(Value::of);
                        case "value_float" -> typed(ElementType.FP32, 0);
                        case "value_floats" -> typed(ElementType.FP32, 1);
                        case "value_int" -> node.attribute(name, Long.class).map(number -> integers(List.of(), number));
                        case "value_ints" ->
                            node.list(name).map(list -> integers(List.of((long) list.size()), list.toArray()));
                        case "value_string" -> typed(ElementType.STRING, 0);
                        case "value_strings" -> typed(ElementType.STRING, 1);
                        default -> Optional.empty();
                    };
            if (value.isPresent()) {
                return value.get();
            }
        }
        return Value.UNKNOWN.asConstant(Optional.empty());
    }

    private static Optional<Value> typed(ElementType type, int rank) {
        return Optional.of(Value.of(Optional.of(type), OptionalInt.of(rank)).asConstant(Optional.empty()));
    }

    private static Value integers(List<Long> shape, Object... numbers) {
        double[] elements = Stream.of(numbers)
                .mapToDouble(number -> ((Long) number).doubleValue())
                .toArray();
        Value value = Value.of(Optional.of(ElementType.INT64), OptionalInt.of(shape.size()));
        GraphView.Tensor tensor =
                new GraphView.Tensor("", Optional.of(ElementType.INT64), shape, () -> Optional.of(elements.clone()));
        return value.asConstant(Optional.of(tensor));
    }

    /** An output of the first branch or body. */
    Value inside(GraphView.Node node, int output) {
        List<GraphView> graphs = node.operator().equals("If")
                ? node.attribute("then_branch", GraphView.class).stream().toList()
                : node.bodies();
        return graphs.stream()
                .filter(body -> output < body.outputs().size())
                .map(body -> {
                    GraphView.Port port = body.outputs().get(output);
                    return body(body).value(port.name()).or(Value.of(port));
                })
                .findFirst()
                .orElse(Value.UNKNOWN);
    }
}
