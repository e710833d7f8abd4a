package org.elasticvision.convert.tensorrt.support;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.elasticvision.convert.tensorrt.support.inference.CheckedNode;

/** Something that TensorRT wants of the nodes with an operator. */
@FunctionalInterface
interface Restriction {
    /** What is wrong with a node, and what to do about it; see {@link Refusal}. */
    record Violation(String why, String remedy) {}

    /** What is wrong with a node; the first fault only. A node of which too little is known passes. */
    Optional<Violation> violation(CheckedNode node);

    /**
     * Reads one from its words in the table, which says what they mean.
     *
     * @throws IllegalArgumentException if they are not a restriction
     */
    static Restriction parse(List<String> words) {
        return switch (words.get(0)) {
            case "input" -> onEach(indices(words.get(1)), input(words.subList(2, words.size())));
            case "output" -> onEach(indices(words.get(1)), output(words.subList(2, words.size())));
            case "attribute" -> AttributeRestriction.parse(words.get(1), words.subList(2, words.size()));
            case "spatial" -> ShapeRestrictions.spatial(integers(words));
            case "resize-axes" -> ShapeRestrictions::resizeAxes;
            case "branches-differ" -> ShapeRestrictions::branchesDiffer;
            default -> throw new IllegalArgumentException("no restriction: " + String.join(" ", words));
        };
    }

    /** Fits one input or output of a node. */
    private static Restriction onEach(
            List<Integer> indices, BiFunction<CheckedNode, Integer, Optional<Violation>> rule) {
        return node -> indices.stream()
                .flatMap(index -> rule.apply(node, index).stream())
                .findFirst();
    }

    private static BiFunction<CheckedNode, Integer, Optional<Violation>> input(List<String> rule) {
        ValueRule wanted = ValueRule.parse(rule);
        return (node, index) ->
                node.hasInput(index) ? wanted.violation("input " + index, node.input(index)) : Optional.empty();
    }

    private static BiFunction<CheckedNode, Integer, Optional<Violation>> output(List<String> rule) {
        ValueRule wanted = ValueRule.parse(rule);
        return (node, index) ->
                node.hasOutput(index) ? wanted.violation("output " + index, node.output(index)) : Optional.empty();
    }

    private static List<Integer> indices(String text) {
        return Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    /** The words behind the first, as integers. */
    private static List<Integer> integers(List<String> words) {
        return words.stream().skip(1).map(Integer::valueOf).toList();
    }

    /** Whether all elements are the same number. */
    static boolean isAll(double[] numbers, double wanted) {
        return Arrays.stream(numbers).allMatch(number -> number == wanted);
    }
}
