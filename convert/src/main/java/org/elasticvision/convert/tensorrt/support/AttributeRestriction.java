package org.elasticvision.convert.tensorrt.support;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.elasticvision.convert.tensorrt.support.inference.CheckedNode;

/**
 * A restriction of an attribute. Where a node leaves it out the standard's default holds, which TensorRT takes in all cases.
 *
 * @param fits the values that TensorRT takes
 * @param wanted the same in words
 * @param remedy what to do about others
 */
record AttributeRestriction(String name, Predicate<Object> fits, String wanted, String remedy) implements Restriction {
    /** Reads one from the words behind the attribute's name. */
    static AttributeRestriction parse(String name, List<String> words) {
        return switch (words.get(0)) {
            case "absent" ->
                new AttributeRestriction(name, value -> false, "is not supported", "export without " + name);
            case "ones" ->
                new AttributeRestriction(
                        name, AttributeRestriction::isOnes, "must be all ones", "export with " + name + " of 1");
            case "symmetric" ->
                new AttributeRestriction(
                        name,
                        AttributeRestriction::isTwice,
                        "must be the same at both ends",
                        "pad before with a Pad node");
            case "same-both-ways" ->
                new AttributeRestriction(
                        name,
                        AttributeRestriction::isTwice,
                        "must be the same in both directions",
                        "use two nodes of one direction each");
            case "in" -> {
                List<String> allowed = words.subList(1, words.size());
                yield new AttributeRestriction(
                        name,
                        value -> allowed.contains(String.valueOf(value)),
                        "must be " + Words.or(allowed),
                        "export with " + name + "=" + allowed.get(0));
            }
            default -> throw new IllegalArgumentException("no rule: " + String.join(" ", words));
        };
    }

    @Override
    public Optional<Violation> violation(CheckedNode node) {
        return Optional.ofNullable(node.node().attributes().get(name))
                .filter(fits.negate())
                .map(value -> new Violation("has " + name + shown(value) + ", which " + wanted, remedy));
    }

    private static String shown(Object value) {
        return value instanceof Number || value instanceof String || value instanceof List<?> ? "=" + value : "";
    }

    private static boolean isOnes(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(item -> item.equals(1L));
    }

    /** Whether the second half of a list is the first; one way alone has nothing to differ from, and has no even length. */
    private static boolean isTwice(Object value) {
        if (!(value instanceof List<?> list)) {
            return true;
        }
        int half = list.size() / 2;
        return list.size() % 2 != 0 || list.subList(0, half).equals(list.subList(half, list.size()));
    }
}
