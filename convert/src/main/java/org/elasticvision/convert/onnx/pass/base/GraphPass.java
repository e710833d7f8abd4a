package org.elasticvision.convert.onnx.pass.base;

import java.util.function.Consumer;
import org.elasticvision.convert.onnx.graph.Graph;

/** A rewrite of a graph that leaves what it computes the same in real numbers. */
public interface GraphPass {
    /**
     * Changes a graph.
     *
     * @param graph what is changed
     */
    void run(Graph graph);

    /** {@return what messages call it: the class's name, where it has one} */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * {@return a pass that is not a class of its own}
     *
     * @param name what messages call it, as a class would be called
     * @param rewrite changes a graph
     */
    static GraphPass named(String name, Consumer<Graph> rewrite) {
        return new GraphPass() {
            @Override
            public void run(Graph graph) {
                rewrite.accept(graph);
            }

            @Override
            public String name() {
                return name;
            }
        };
    }
}
