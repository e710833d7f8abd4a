package org.elasticvision.convert.onnx.pass.base;

import org.elasticvision.convert.onnx.graph.Graph;

/** A rewrite of a graph that leaves what it computes the same in real numbers. */
@FunctionalInterface
public interface GraphPass {
    /**
     * Changes a graph.
     *
     * @param graph what is changed
     */
    void run(Graph graph);
}
