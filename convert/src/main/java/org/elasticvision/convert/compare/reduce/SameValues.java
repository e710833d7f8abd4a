package org.elasticvision.convert.compare.reduce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.convert.onnx.extract.ModelParts;

/**
 * The values that two forms of one network have in common: of one name, made of the input, float32 and of one shape. Where BatchNorm was
 * folded into convolutions in one of them, names of sums mean other sums: only what comes out of an activation counts then, and the output.
 */
final class SameValues {
    private static final String NORM = "BatchNormalization";
    private static final Set<String> ACTIVATIONS = Set.of("Relu", "Sigmoid", "LogSoftmax");

    private final ModelParts expected;
    private final ModelParts actual;
    private final boolean isFolded;
    private final Map<String, Set<String>> ancestors = new HashMap<>();

    SameValues(ModelParts expected, ModelParts actual) {
        this.expected = expected;
        this.actual = actual;
        this.isFolded = norms(expected) != norms(actual);
    }

    private static long norms(ModelParts parts) {
        return parts.values().stream()
                .filter(value -> parts.operator(value).equals(NORM))
                .count();
    }

    /** {@return the values of which one is made, itself among them, in the order of the network} */
    List<String> before(String value) {
        Set<String> needed = ancestors(value);
        return expected.values().stream()
                .filter(needed::contains)
                .filter(this::isInBoth)
                .toList();
    }

    /** {@return the nearest values in both of which one is made} */
    List<String> sources(String value) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(expected.sources(value));
        while (!open.isEmpty()) {
            String source = open.pop();
            if (!seen.add(source) || expected.inputs().contains(source)) {
                continue;
            }
            if (isInBoth(source)) {
                found.add(source);
            } else {
                open.addAll(expected.sources(source));
            }
        }
        return List.copyOf(found);
    }

    private Set<String> ancestors(String value) {
        Set<String> known = ancestors.get(value);
        if (known != null) {
            return known;
        }
        Set<String> needed = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (needed.add(next) && !expected.inputs().contains(next)) {
                open.addAll(expected.sources(next));
            }
        }
        ancestors.put(value, needed);
        return needed;
    }

    private boolean isInBoth(String value) {
        return expected.floatShape(value).isPresent()
                && expected.floatShape(value).equals(actual.floatShape(value))
                && ancestors(value).stream().anyMatch(expected.inputs()::contains)
                && (!isFolded
                        || expected.outputs().contains(value)
                        || (ACTIVATIONS.contains(expected.operator(value))
                                && expected.operator(value).equals(actual.operator(value))));
    }

    /** {@return single values through which all of the input goes on its way to one, the nearest first} */
    List<String> cuts(String value) {
        List<String> before = new ArrayList<>(before(value));
        before.remove(value);
        List<String> cuts = new ArrayList<>();
        for (int i = before.size() - 1; i >= 0; i--) {
            String cut = before.get(i);
            if (isCut(expected, value, cut) && isCut(actual, value, cut)) {
                cuts.add(cut);
            }
        }
        return cuts;
    }

    private static boolean isCut(ModelParts parts, String to, String cut) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(to));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (!next.equals(cut) && seen.add(next)) {
                if (parts.inputs().contains(next)) {
                    return false;
                }
                open.addAll(parts.sources(next));
            }
        }
        return true;
    }
}
