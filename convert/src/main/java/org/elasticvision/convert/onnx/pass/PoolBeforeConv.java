package org.elasticvision.convert.onnx.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.ConvWeights;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/**
 * Averages before a 1×1 convolution instead of after it: both are linear, and the convolution has a quarter of the pixels to
 * do. DenseNet's transitions gain.
 */
final class PoolBeforeConv implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node pool : graph.nodes(OpType.AVERAGE_POOL)) {
            Optional<Node> producer = graph.producerForOne(pool.inputs().get(0));
            producer.filter(node -> node.op() == OpType.CONV && ConvWeights.isPointwise(node))
                    .ifPresent(conv -> swap(graph, conv, pool));
        }
    }

    private static void swap(Graph graph, Node conv, Node pool) {
        List<String> convInputs = new ArrayList<>(conv.inputs());
        graph.replace(pool.withInputs(List.of(convInputs.get(0))).withOutput(conv.output()));
        convInputs.set(0, conv.output());
        graph.replace(conv.withInputs(convInputs).withOutput(pool.output()));
    }
}
