package org.elasticvision.convert.quantize;

import java.util.function.Predicate;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;

/**
 * For TensorRT, which fuses what lies between a convolution's 8-bit inputs and the next one's: only inputs go through 8 bits,
 * those of convolutions and matrices, and of sums the ones that are not a convolution's output itself (TensorRT's guide to
 * quantized networks, "Q/DQ layer-placement recommendations").
 */
final class TensorRtPlacement extends Placement {
    TensorRtPlacement(Graph graph, Predicate<Node> excluded) {
        super(graph, excluded);
    }

    @Override
    boolean isQuantizable(Node node) {
        return switch (node.op()) {
            case CONV, GEMM -> true;
            case ADD -> activations(node).stream().anyMatch(this::isConv);
            case AVERAGE_POOL,
                    BATCH_NORMALIZATION,
                    CAST,
                    CONCAT,
                    CONV_TRANSPOSE,
                    DEQUANTIZE_LINEAR,
                    EXPAND,
                    FLATTEN,
                    GLOBAL_AVERAGE_POOL,
                    LOG_SOFTMAX,
                    MAX_POOL,
                    MUL,
                    PAD,
                    QUANTIZE_LINEAR,
                    RELU,
                    RESIZE,
                    SIGMOID,
                    SLICE -> false;
        };
    }

    private boolean isConv(String value) {
        return graph().producer(value).map(node -> node.op() == OpType.CONV).orElse(false);
    }

    @Override
    void place(Node node) {
        activations(node).stream().filter(value -> readsQuantized(node, value)).forEach(this::quantize);
    }

    @Override
    boolean readsQuantized(Node node, String value) {
        return isQuantized(node) && (node.op() != OpType.ADD || !isConv(value));
    }
}
