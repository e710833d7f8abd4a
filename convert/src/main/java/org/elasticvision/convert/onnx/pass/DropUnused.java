package org.elasticvision.convert.onnx.pass;

import java.util.List;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/** Leaves out the nodes that the output does not depend on, and the weights that no node uses. */
final class DropUnused implements GraphPass {
    @Override
    public void run(Graph graph) {
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (graph.consumers(node.output()).isEmpty() && !graph.isOutput(node.output())) {
                graph.remove(node);
            }
        }
        graph.removeUnusedInitializers();
    }
}
