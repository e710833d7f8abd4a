package org.elasticvision.convert.onnx.pass;

import java.util.List;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/**
 * Passes that are run one after the other. Where Java's assertions are enabled, as in all tests, the graph is checked after
 * each: order, values and initializers, types. Stateless.
 */
public final class PassPipeline {
    private final List<GraphPass> passes;

    private PassPipeline(List<GraphPass> passes) {
        this.passes = passes;
    }

    static PassPipeline of(GraphPass... passes) {
        return new PassPipeline(List.of(passes));
    }

    /** {@return the names of its passes, in order} */
    List<String> names() {
        return passes.stream().map(GraphPass::name).toList();
    }

    /**
     * Runs all passes.
     *
     * @param graph is changed
     * @return the same graph
     */
    public Graph run(Graph graph) {
        for (GraphPass pass : passes) {
            pass.run(graph);
            assert isSound(graph, pass);
        }
        return graph;
    }

    private static boolean isSound(Graph graph, GraphPass pass) {
        List<String> problems = graph.problems();
        if (!problems.isEmpty()) {
            throw new AssertionError("after " + pass.name() + " the graph " + graph.name() + " is broken: "
                    + String.join("; ", problems));
        }
        return true;
    }
}
