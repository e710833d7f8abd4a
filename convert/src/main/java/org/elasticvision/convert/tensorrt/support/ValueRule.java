package org.elasticvision.convert.tensorrt.support;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.tensorrt.support.inference.Value;

/** What TensorRT wants of one input or output of a node, which is there. */
@FunctionalInterface
interface ValueRule {
    /**
     * What is wrong.
     *
     * @param place "input 1" and the like
     */
    Optional<Restriction.Violation> violation(String place, Value value);

    /** Reads a rule from its words in the table. */
    static ValueRule parse(List<String> words) {
        List<String> operands = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "absent" -> (place, value) -> violation("has " + place + ", which is not supported", "leave it out");
            case "constant" ->
                (place, value) -> value.constant()
                        ? Optional.empty()
                        : violation(
                                "computes " + place + " from the network's inputs, but it must be a constant",
                                "export it as a constant");
            case "initializer" ->
                (place, value) -> value.tensor().isPresent()
                        ? Optional.empty()
                        : violation("has no initializer as " + place, "export it as an initializer");
            case "zero" -> ValueRule::zero;
            case "static" ->
                (place, value) -> value.open()
                        ? violation("has open dimensions in " + place, "export the network with fixed sizes")
                        : Optional.empty();
            case "rank" -> rank(operands.stream().map(Integer::valueOf).toList());
            case "type" -> type(operands.stream().map(ElementType::valueOf).toList());
            case "less" -> less(Double.parseDouble(operands.get(0)), operands.get(0));
            default -> throw new IllegalArgumentException("no rule: " + String.join(" ", words));
        };
    }

    private static Optional<Restriction.Violation> zero(String place, Value value) {
        if (value.tensor().isEmpty()) {
            return violation("has no initializer of zeros as " + place, "export it as an initializer of zeros");
        }
        return value.numbers()
                .filter(numbers -> Arrays.stream(numbers).anyMatch(number -> number != 0))
                .flatMap(numbers -> violation(
                        "has " + place + " other than 0", "export it as 0; of a zero point: quantize symmetrically"));
    }

    private static ValueRule rank(List<Integer> ranks) {
        return (place, value) ->
                value.rank().isEmpty() || ranks.contains(value.rank().getAsInt())
                        ? Optional.empty()
                        : violation(
                                "has " + place + " of " + value.rank().getAsInt() + " dimensions, which must be "
                                        + Words.or(ranks),
                                "reshape it");
    }

    private static ValueRule type(List<ElementType> types) {
        return (place, value) -> value.type()
                .filter(type -> !types.contains(type))
                .flatMap(type -> violation(
                        "has " + place + " of the type " + type + ", which must be " + Words.or(types),
                        "export it as one of these"));
    }

    private static ValueRule less(double limit, String word) {
        return (place, value) -> value.numbers()
                .filter(numbers -> Arrays.stream(numbers).anyMatch(number -> number >= limit))
                .flatMap(
                        numbers -> violation("has " + place + " of " + word + " or more", "make it less than " + word));
    }

    private static Optional<Restriction.Violation> violation(String why, String remedy) {
        return Optional.of(new Restriction.Violation(why, remedy));
    }
}
