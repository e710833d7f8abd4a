package org.elasticvision.convert.quantize.qdq;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.runtime.base.ElasticVisionException;

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

    /**
     * {@return whether a node stays in float}
     *
     * @param node one of the nodes
     */
    public boolean matches(Node node) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, node));
    }

    /**
     * {@return the same and more}
     *
     * @param more names of further nodes
     */
    public Exclusion with(List<String> more) {
        return new Exclusion(
                Stream.concat(patterns.stream(), more.stream()).distinct().toList());
    }

    /**
     * Makes sure that each pattern is of use.
     *
     * @param graph the graph that is quantized
     * @throws ElasticVisionException if one fits no node
     */
    public void check(Graph graph) {
        for (String pattern : patterns) {
            if (graph.nodes().stream().noneMatch(node -> matches(pattern, node))) {
                throw new ElasticVisionException("no layer and no operator is called " + pattern
                        + "; 'elastic verify --layers' lists the layers, and * stands for any characters");
            }
        }
    }

    private static boolean matches(String pattern, Node node) {
        return pattern.equals(node.op().onnxName()) || glob(pattern, node.name());
    }

    private static boolean glob(String pattern, String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return name.matches(regex.toString());
    }
}
