package org.elasticvision.convert.quantize.qdq;

import java.util.function.Predicate;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;

/**
 * For TensorRT, which fuses what lies between a convolution's 8-bit inputs and the next one's: only inputs go through 8 bits,
 * those of convolutions and matrices, and of sums the ones that are not a convolution's output itself (TensorRT's guide to
 * quantized networks, "Q/DQ layer-placement recommendations").
 */
final class TensorRtPlacement extends QdqPlacement {
    TensorRtPlacement(Graph graph, Predicate<Node> excluded) {
        super(graph, excluded);
    }

    @Override
    boolean isQuantizable(Node node) {
        return node.op().hasInt8Weights()
                || (node.op() == OpType.ADD && node.activations().stream().anyMatch(this::isConv));
    }

    private boolean isConv(String value) {
        return graph().producer(value).map(node -> node.op() == OpType.CONV).orElse(false);
    }

    @Override
    void place(Node node) {
        node.activations().stream().filter(value -> readsQuantized(node, value)).forEach(this::quantize);
    }

    @Override
    boolean readsQuantized(Node node, String value) {
        return isQuantized(node) && (node.op() != OpType.ADD || !isConv(value));
    }
}
