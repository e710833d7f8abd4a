package org.elasticvision.convert.quantize.qdq;

import java.util.function.Predicate;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;

/**
 * For ONNX Runtime's kernels on CPUs, which take 8 bits and give 8 bits: all inputs of a node and its output go through them.
 * A Relu belongs to the node before it: what is cut off at 0 is cut off by the 8 bits. Resize stays in float, its 8-bit kernel
 * is slow.
 */
final class CpuPlacement extends QdqPlacement {
    CpuPlacement(Graph graph, Predicate<Node> excluded) {
        super(graph, excluded);
    }

    /** A Gemm may end in float; of other nodes those before the output would gain nothing. */
    @Override
    boolean isQuantizable(Node node) {
        return node.op().hasInt8KernelOnCpu()
                && (node.op().hasInt8Weights() ? node.op() == OpType.GEMM || !isOutput(node) : !endsInFloat(node));
    }

    private boolean isOutput(Node node) {
        return graph().isOutput(result(node));
    }

    /** Whether nothing after it can be computed in 8 bits, excluded or not: the loss of a layer is measured with all others in float. */
    private boolean endsInFloat(Node node) {
        return graph().consumers(node.output()).stream()
                .allMatch(consumer -> !isQuantizable(consumer) && endsInFloat(consumer));
    }

    @Override
    void place(Node node) {
        node.activations().forEach(this::quantize);
        String result = result(node);
        if (!graph().isOutput(result)) {
            quantize(result);
        }
    }

    /** The node's output, or that of the Relu that alone uses it. */
    private String result(Node node) {
        return graph().isFollowedByRelu(node)
                ? graph().consumers(node.output()).get(0).output()
                : node.output();
    }

    @Override
    boolean readsQuantized(Node node, String value) {
        return true;
    }
}
