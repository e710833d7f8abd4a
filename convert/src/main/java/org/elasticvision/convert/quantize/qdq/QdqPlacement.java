package org.elasticvision.convert.quantize.qdq;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;

/** Which nodes of a graph are computed in 8 bits, and where values go through 8 bits for it. */
abstract class QdqPlacement {
    private final Graph graph;
    private final Predicate<Node> excluded;
    private final Set<String> values = new LinkedHashSet<>();

    QdqPlacement(Graph graph, Predicate<Node> excluded) {
        this.graph = graph;
        this.excluded = excluded;
    }

    /**
     * Decides.
     *
     * @param excluded nodes that stay in float
     */
    static QdqPlacement of(Graph graph, Int8Target target, Predicate<Node> excluded) {
        QdqPlacement placement =
                switch (target) {
                    case CPU -> new CpuPlacement(graph, excluded);
                    case TENSORRT -> new TensorRtPlacement(graph, excluded);
                };
        graph.nodes().stream().filter(placement::isQuantized).forEach(placement::place);
        return placement;
    }

    Graph graph() {
        return graph;
    }

    /** Whether a node is computed in 8 bits. */
    boolean isQuantized(Node node) {
        return !excluded.test(node) && isQuantizable(node);
    }

    /** Whether the target has a kernel for it that pays. */
    abstract boolean isQuantizable(Node node);

    /** Marks what must go through 8 bits for a node. */
    abstract void place(Node node);

    /** Whether a node reads one of the {@link #values()} from 8 bits. */
    abstract boolean readsQuantized(Node node, String value);

    void quantize(String value) {
        values.add(value);
    }

    /** The values that go through 8 bits. */
    Set<String> values() {
        return values;
    }
}
