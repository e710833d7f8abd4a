package org.elasticvision.convert.tensorrt.support.inference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.GraphView;

/**
 * A line of the table of what operators put out, which says what its words mean.
 *
 * @param types of the outputs, the last of all that follow too
 * @param random whether what comes out is not constant even where all inputs are
 * @param copies whether the elements of a constant stay as they are
 */
record OutputRules(String operator, List<Type> types, Rank rank, boolean random, boolean copies) {
    private static final OutputRules OTHERS = parse("\tinput 0\t-");
    private static final Map<String, OutputRules> TABLE = TableLines.of(OutputRules.class, "onnx-outputs.tsv")
            .map(OutputRules::parse)
            .collect(Collectors.toUnmodifiableMap(OutputRules::operator, Function.identity()));

    /** The type of an output. */
    @FunctionalInterface
    interface Type {
        /** Empty where it is not known. */
        Optional<ElementType> of(CheckedNode node, int output);
    }

    /** The rank of an output. */
    @FunctionalInterface
    interface Rank {
        /** Empty where it is not known. */
        OptionalInt of(CheckedNode node, int output);
    }

    /** What is known of an operator of ONNX. */
    static OutputRules of(String operator) {
        return TABLE.getOrDefault(operator, OTHERS);
    }

    /** The operators that have a line. */
    static Stream<String> operators() {
        return TABLE.keySet().stream();
    }

    Optional<ElementType> type(CheckedNode node, int output) {
        return types.get(Math.min(output, types.size() - 1)).of(node, output);
    }

    OptionalInt rank(CheckedNode node, int output) {
        return rank.of(node, output);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it means nothing
     */
    static OutputRules parse(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() < 3 || fields.size() > 4) {
            throw new IllegalArgumentException("no rule: " + line);
        }
        String constants = fields.size() > 3 ? fields.get(3) : "";
        if (!List.of("", "random", "copy").contains(constants)) {
            throw new IllegalArgumentException("no rule: " + line);
        }
        return new OutputRules(
                fields.get(0),
                Stream.of(fields.get(1).split(", ", -1))
                        .map(OutputRules::alternatives)
                        .toList(),
                rank(fields.get(2)),
                constants.equals("random"),
                constants.equals("copy"));
    }

    /** The first that is there. */
    private static Type alternatives(String text) {
        List<Function<CheckedNode, Optional<Type>>> all =
                Stream.of(text.split(" else ", -1)).map(OutputRules::type).toList();
        return (node, output) -> all.stream()
                .flatMap(one -> one.apply(node).stream())
                .findFirst()
                .flatMap(found -> found.of(node, output));
    }

    /** How the type is found; empty where what it is found by is not there. */
    private static Function<CheckedNode, Optional<Type>> type(String text) {
        List<String> words = List.of(text.split(" ", -1));
        String operand = words.get(words.size() - 1);
        return switch (words.get(0)) {
            case "input" -> {
                int index = Integer.parseInt(operand);
                yield node -> only(node.hasInput(index), () -> node.input(index).type());
            }
            case "attribute" ->
                node -> node.node()
                        .attribute(operand, Long.class)
                        .flatMap(ElementType::of)
                        .map(type -> (any, output) -> Optional.of(type));
            case "tensor" ->
                node -> only(node.node().attributes().containsKey(operand), () -> node.node()
                        .attribute(operand, GraphView.Tensor.class)
                        .flatMap(GraphView.Tensor::type));
            case "inside" -> {
                int further = Integer.parseInt(operand);
                yield node -> Optional.of(
                        (any, output) -> node.inside(output + further).type());
            }
            default -> {
                ElementType type = ElementType.valueOf(text);
                yield node -> Optional.of((any, output) -> Optional.of(type));
            }
        };
    }

    private static Optional<Type> only(boolean there, Supplier<Optional<ElementType>> type) {
        return there ? Optional.of((node, output) -> type.get()) : Optional.empty();
    }

    private static Rank rank(String text) {
        List<String> words = List.of(text.split(" ", -1));
        return switch (words.get(0)) {
            case "-" -> (node, output) -> OptionalInt.empty();
            case "first" -> (node, output) -> node.input(0).rank();
            case "widest" ->
                (node, output) ->
                        largest(IntStream.range(0, node.node().inputs().size())
                                .mapToObj(i -> node.input(i).rank()));
            case "length" -> {
                int input = Integer.parseInt(words.get(1));
                yield (node, output) -> node.input(input).length();
            }
            case "inside" -> {
                int further = Integer.parseInt(words.get(1));
                yield (node, output) -> node.inside(output + further).rank();
            }
            case "one-more" -> (node, output) -> sum(node.input(0).rank(), OptionalInt.of(1), 0);
            case "expand" ->
                (node, output) ->
                        largest(Stream.of(node.input(0).rank(), node.input(1).length()));
            case "gather" ->
                (node, output) -> sum(node.input(0).rank(), node.input(1).rank(), -1);
            case "unsqueeze" -> (node, output) -> sum(node.input(0).rank(), axes(node), 0);
            case "squeeze" -> (node, output) -> difference(node.input(0).rank(), axes(node));
            default -> {
                int known = Integer.parseInt(text);
                yield (node, output) -> OptionalInt.of(known);
            }
        };
    }

    /** How many axes a node names, as an attribute or, later in the standard, as an input. */
    private static OptionalInt axes(CheckedNode node) {
        Optional<OptionalInt> attribute = node.node().list("axes").map(axes -> OptionalInt.of(axes.size()));
        return attribute.orElseGet(() -> node.input(1).length());
    }

    private static OptionalInt largest(Stream<OptionalInt> ranks) {
        List<OptionalInt> all = ranks.toList();
        return all.stream().allMatch(OptionalInt::isPresent)
                ? all.stream().mapToInt(OptionalInt::getAsInt).max()
                : OptionalInt.empty();
    }

    private static OptionalInt sum(OptionalInt a, OptionalInt b, int more) {
        return a.isPresent() && b.isPresent()
                ? OptionalInt.of(a.getAsInt() + b.getAsInt() + more)
                : OptionalInt.empty();
    }

    private static OptionalInt difference(OptionalInt a, OptionalInt b) {
        return a.isPresent() && b.isPresent() ? OptionalInt.of(a.getAsInt() - b.getAsInt()) : OptionalInt.empty();
    }
}
