package org.elasticvision.convert.tensorrt.support;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.AnyGraph;

/**
 * The types and ranks of all values of a graph, as far as they follow from its inputs and constants by the rules of the ONNX
 * standard; else what the file declares.
 */
final class TypeInference {
    private static final Set<String> RANDOM = Set.of(
            "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike");

    private final AnyGraph graph;
    private final Optional<TypeInference> outer;
    private final Map<String, Value> declared = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final IdentityHashMap<AnyGraph, TypeInference> bodies = new IdentityHashMap<>();

    private TypeInference(AnyGraph graph, Optional<TypeInference> outer) {
        this.graph = graph;
        this.outer = outer;
    }

    /** Looks at a whole network. */
    static TypeInference of(AnyGraph graph) {
        TypeInference types = new TypeInference(graph, Optional.empty());
        types.infer(List.of());
        return types;
    }

    /** What is known of a value of this graph or of one around it. */
    Value value(String name) {
        Value known = values.get(name);
        return known != null ? known : outer.map(around -> around.value(name)).orElse(Value.UNKNOWN);
    }

    /** The values of a branch or loop body of one of the nodes. */
    TypeInference body(AnyGraph body) {
        return bodies.get(body);
    }

    /** All types that values of the graph have, and of those inside it. */
    Stream<ElementType> types() {
        return Stream.concat(
                values.values().stream().flatMap(value -> value.type().stream()),
                bodies.values().stream().flatMap(TypeInference::types));
    }

    private void infer(List<Value> given) {
        Stream.concat(graph.declared().stream(), graph.outputs().stream())
                .forEach(port -> declared.put(port.name(), Value.of(port)));
        for (int i = 0; i < graph.inputs().size(); i++) {
            AnyGraph.Port port = graph.inputs().get(i);
            Value said = Value.of(port);
            Value value = i < given.size() ? said.or(given.get(i)) : said;
            values.put(port.name(), outer.isEmpty() ? value.asPort() : value);
        }
        // Old files list their initializers among the inputs.
        graph.initializers().forEach(tensor -> values.put(tensor.name(), Value.of(tensor)));
        graph.nodes().forEach(this::infer);
    }

    private void infer(AnyGraph.Node node) {
        for (AnyGraph body : node.bodies()) {
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
    private List<Value> given(AnyGraph.Node node) {
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

    private Value made(AnyGraph.Node node, int output) {
        if (node.operator().equals("Constant")) {
            return constant(node);
        }
        Value made = Value.of(type(node, output), rank(node, output));
        List<String> present =
                node.inputs().stream().filter(name -> !name.isEmpty()).toList();
        boolean constant = !present.isEmpty()
                && present.stream().allMatch(name -> value(name).constant())
                && !RANDOM.contains(node.operator())
                && node.bodies().isEmpty();
        boolean same = node.operator().equals("Identity") || node.operator().equals("Cast");
        return constant ? made.asConstant(same ? input(node, 0).tensor() : Optional.empty()) : made;
    }

    private static Value constant(AnyGraph.Node node) {
        for (String name : node.attributes().keySet()) {
            Optional<Value> value =
                    switch (name) {
                        case "value" ->
                            node.attribute(name, AnyGraph.Tensor.class).map(Value::of);
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
        AnyGraph.Tensor tensor = new AnyGraph.Tensor("", 7, shape, () -> Optional.of(elements.clone()));
        return value.asConstant(Optional.of(tensor));
    }

    private Value input(AnyGraph.Node node, int index) {
        return index < node.inputs().size() ? value(node.inputs().get(index)) : Value.UNKNOWN;
    }

    private Optional<ElementType> type(AnyGraph.Node node, int output) {
        Optional<ElementType> first = input(node, 0).type();
        return switch (node.operator()) {
            case "Cast" -> attributeType(node, "to");
            case "CastLike", "Where" -> input(node, 1).type();
            case "OneHot" -> input(node, 2).type();
            case "Shape", "Size", "NonZero", "NonMaxSuppression", "ArgMax", "ArgMin" -> Optional.of(ElementType.INT64);
            case "Equal",
                    "Greater",
                    "GreaterOrEqual",
                    "Less",
                    "LessOrEqual",
                    "And",
                    "Or",
                    "Xor",
                    "Not",
                    "IsNaN",
                    "IsInf" -> Optional.of(ElementType.BOOL);
            case "ConstantOfShape" ->
                node.attributes().containsKey("value")
                        ? node.attribute("value", AnyGraph.Tensor.class)
                                .flatMap(tensor -> ElementType.of(tensor.elementType()))
                        : Optional.of(ElementType.FP32);
            case "QuantizeLinear" -> quantized(node);
            case "DequantizeLinear" ->
                attributeType(node, "output_dtype").or(() -> input(node, 1).type());
            case "EyeLike", "RandomNormalLike", "RandomUniformLike", "Bernoulli" ->
                attributeType(node, "dtype").or(() -> first);
            case "RandomNormal", "RandomUniform" ->
                attributeType(node, "dtype").or(() -> Optional.of(ElementType.FP32));
            case "BlackmanWindow", "HammingWindow", "HannWindow" ->
                attributeType(node, "output_datatype").or(() -> Optional.of(ElementType.FP32));
            case "TopK", "MaxPool", "Unique" -> output == 0 ? first : Optional.of(ElementType.INT64);
            case "Dropout" -> output == 0 ? first : Optional.of(ElementType.BOOL);
            case "LayerNormalization" -> output == 0 ? first : Optional.of(ElementType.FP32);
            case "DynamicQuantizeLinear" -> Optional.of(output == 1 ? ElementType.FP32 : ElementType.UINT8);
            case "ConvInteger", "MatMulInteger" -> Optional.of(ElementType.INT32);
            case "QLinearConv", "QLinearMatMul" -> input(node, 7).type();
            case "If" -> inside(node, output).type();
            case "Loop" -> inside(node, output + 1).type();
            case "Scan" -> inside(node, output).type();
            default -> first;
        };
    }

    private Optional<ElementType> quantized(AnyGraph.Node node) {
        if (node.inputs().size() > 2 && !node.inputs().get(2).isEmpty()) {
            return input(node, 2).type();
        }
        return attributeType(node, "output_dtype").or(() -> Optional.of(ElementType.UINT8));
    }

    private static Optional<ElementType> attributeType(AnyGraph.Node node, String name) {
        return node.attribute(name, Long.class).flatMap(ElementType::of);
    }

    /** An output of the first branch or body. */
    private Value inside(AnyGraph.Node node, int output) {
        List<AnyGraph> graphs = node.operator().equals("If")
                ? node.attribute("then_branch", AnyGraph.class).stream().toList()
                : node.bodies();
        return graphs.stream()
                .filter(body -> output < body.outputs().size())
                .map(body -> {
                    AnyGraph.Port port = body.outputs().get(output);
                    return body(body).value(port.name()).or(Value.of(port));
                })
                .findFirst()
                .orElse(Value.UNKNOWN);
    }

    private OptionalInt rank(AnyGraph.Node node, int output) {
        OptionalInt first = input(node, 0).rank();
        return switch (node.operator()) {
            case "Flatten", "Gemm", "NonZero", "NonMaxSuppression" -> OptionalInt.of(2);
            case "Shape" -> OptionalInt.of(1);
            case "Size" -> OptionalInt.of(0);
            case "Reshape", "ConstantOfShape" ->
                input(node, node.operator().equals("Reshape") ? 1 : 0).length();
            case "Expand" -> largest(Stream.of(first, input(node, 1).length()));
            case "Add",
                    "Sub",
                    "Mul",
                    "Div",
                    "Pow",
                    "Mod",
                    "Min",
                    "Max",
                    "Sum",
                    "Mean",
                    "Where",
                    "Equal",
                    "Greater",
                    "GreaterOrEqual",
                    "Less",
                    "LessOrEqual",
                    "And",
                    "Or",
                    "Xor" ->
                largest(IntStream.range(0, node.inputs().size())
                        .mapToObj(i -> input(node, i).rank()));
            case "Gather" -> sum(first, input(node, 1).rank(), -1);
            case "Unsqueeze" -> sum(first, axes(node), 0);
            case "Squeeze" -> {
                OptionalInt axes = axes(node);
                yield axes.isPresent() ? sum(first, OptionalInt.of(-axes.getAsInt()), 0) : OptionalInt.empty();
            }
            case "OneHot" -> sum(first, OptionalInt.of(1), 0);
            case "If" -> inside(node, output).rank();
            case "Conv",
                    "ConvTranspose",
                    "AveragePool",
                    "MaxPool",
                    "LpPool",
                    "GlobalAveragePool",
                    "GlobalMaxPool",
                    "GlobalLpPool",
                    "BatchNormalization",
                    "InstanceNormalization",
                    "GroupNormalization",
                    "LRN",
                    "Resize",
                    "Upsample",
                    "Pad",
                    "Slice",
                    "Concat",
                    "Split",
                    "Transpose",
                    "Tile",
                    "Cast",
                    "CastLike",
                    "Identity",
                    "QuantizeLinear",
                    "DequantizeLinear",
                    "Relu",
                    "LeakyRelu",
                    "PRelu",
                    "Elu",
                    "Selu",
                    "Celu",
                    "Gelu",
                    "Mish",
                    "HardSigmoid",
                    "HardSwish",
                    "Sigmoid",
                    "Tanh",
                    "Softmax",
                    "LogSoftmax",
                    "Softplus",
                    "Clip",
                    "Exp",
                    "Log",
                    "Sqrt",
                    "Abs",
                    "Neg",
                    "Erf",
                    "Floor",
                    "Ceil",
                    "Round",
                    "Reciprocal",
                    "Not",
                    "LayerNormalization",
                    "RMSNormalization",
                    "DepthToSpace",
                    "SpaceToDepth" -> first;
            default -> OptionalInt.empty(); // the file may declare it
        };
    }

    private OptionalInt axes(AnyGraph.Node node) {
        Optional<OptionalInt> attribute = node.list("axes").map(axes -> OptionalInt.of(axes.size()));
        return attribute.orElseGet(() -> input(node, 1).length());
    }

    private static OptionalInt largest(Stream<OptionalInt> ranks) {
        List<OptionalInt> all = ranks.toList();
        return all.stream().allMatch(OptionalInt::isPresent)
                ? all.stream().mapToInt(OptionalInt::getAsInt).max()
                : OptionalInt.empty();
    }

    private static OptionalInt sum(OptionalInt a, OptionalInt b, int c) {
        return a.isPresent() && b.isPresent() ? OptionalInt.of(a.getAsInt() + b.getAsInt() + c) : OptionalInt.empty();
    }
}
