package org.elasticvision.convert.quantize;

import java.util.List;
import java.util.regex.Pattern;
import org.elasticvision.convert.onnx.graph.Node;

/**
 * Nodes that stay in float.
 *
 * @param patterns names of nodes, in which {@code *} stands for any characters, or of operators, such as {@code layer4.*} or
 *     {@code Add}
 */
public record Exclusion(List<String> patterns) {
    /** All that can be is quantized. */
    public static final Exclusion NONE = new Exclusion(List.of());

    public Exclusion {
        patterns = List.copyOf(patterns);
    }

    /** Whether a node stays in float. */
    public boolean matches(Node node) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.equals(node.op().onnxName()) || glob(pattern, node.name()));
    }

    private static boolean glob(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return name.matches(regex.toString());
    }
}
