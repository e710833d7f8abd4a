package org.elasticvision.convert.onnx.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.ConvWeights;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/**
 * Makes one bottleneck of two that see the same input at the same resolution and are summed: the blocks of ResNeXt and DLA
 * that are not elastic become ordinary ones with twice the groups. Expects BatchNorms to be folded.
 */
final class MergeTwinBranches implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node sum : graph.nodes(OpType.ADD)) {
            Optional<Branch> left = Branch.ending(graph, sum.inputs().get(0));
            Optional<Branch> right = Branch.ending(graph, sum.inputs().get(1));
            if (left.isPresent() && right.isPresent() && left.get().isTwinOf(graph, right.get())) {
                merge(graph, left.get(), right.get());
                graph.bypass(sum);
                right.get().remove(graph);
            }
        }
        graph.removeUnusedInitializers();
    }

    private static void merge(Graph graph, Branch kept, Branch gone) {
        stackOutputs(graph, kept.conv1(), gone.conv1());
        Node conv2 = stackOutputs(graph, kept.conv2(), gone.conv2());
        long groups = kept.conv2().integer("group", 1) + gone.conv2().integer("group", 1);
        graph.replace(conv2.withAttribute("group", groups));
        stackInputs(graph, kept.conv3(), gone.conv3());
    }

    /** One convolution that gives the outputs of both, one after the other. */
    private static Node stackOutputs(Graph graph, Node first, Node second) {
        Initializer.Floats a = ConvWeights.weight(graph, first);
        Initializer.Floats b = ConvWeights.weight(graph, second);
        List<Long> shape = new ArrayList<>(a.shape());
        shape.set(0, a.shape().get(0) + b.shape().get(0));
        boolean hasBias = ConvWeights.bias(graph, first).isPresent()
                || ConvWeights.bias(graph, second).isPresent();
        Optional<float[]> bias = hasBias
                ? Optional.of(joined(ConvWeights.biasOrZeros(graph, first), ConvWeights.biasOrZeros(graph, second), 1))
                : Optional.empty();
        return ConvWeights.replace(graph, first, shape, () -> joined(a.read(), b.read(), 1), bias);
    }

    /** One convolution that takes the inputs of both, one after the other, and gives their sum. */
    private static void stackInputs(Graph graph, Node first, Node second) {
        Initializer.Floats a = ConvWeights.weight(graph, first);
        Initializer.Floats b = ConvWeights.weight(graph, second);
        List<Long> shape = new ArrayList<>(a.shape());
        shape.set(1, a.shape().get(1) + b.shape().get(1));
        int rows = Math.toIntExact(a.shape().get(0));
        boolean hasBias = ConvWeights.bias(graph, first).isPresent()
                || ConvWeights.bias(graph, second).isPresent();
        Optional<float[]> bias = hasBias
                ? Optional.of(sum(ConvWeights.biasOrZeros(graph, first), ConvWeights.biasOrZeros(graph, second)))
                : Optional.empty();
        ConvWeights.replace(graph, first, shape, () -> joined(a.read(), b.read(), rows), bias);
    }

    /** For each row, the values of the first and then those of the second. */
    private static float[] joined(float[] a, float[] b, int rows) {
        int aRow = a.length / rows;
        int bRow = b.length / rows;
        float[] joined = new float[a.length + b.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(a, row * aRow, joined, row * (aRow + bRow), aRow);
            System.arraycopy(b, row * bRow, joined, row * (aRow + bRow) + aRow, bRow);
        }
        return joined;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    /** Conv 1×1, Relu, Conv with groups, Relu, Conv 1×1, each used by the next alone. */
    private record Branch(Node conv1, Node relu1, Node conv2, Node relu2, Node conv3) {
        static Optional<Branch> ending(Graph graph, String value) {
            Optional<Node> conv3 = step(graph, value, OpType.CONV).filter(ConvWeights::isPointwise);
            Optional<Node> relu2 =
                    conv3.flatMap(node -> step(graph, node.inputs().get(0), OpType.RELU));
            Optional<Node> conv2 =
                    relu2.flatMap(node -> step(graph, node.inputs().get(0), OpType.CONV));
            Optional<Node> relu1 =
                    conv2.flatMap(node -> step(graph, node.inputs().get(0), OpType.RELU));
            Optional<Node> conv1 = relu1.flatMap(
                            node -> step(graph, node.inputs().get(0), OpType.CONV))
                    .filter(ConvWeights::isPointwise);
            return conv1.map(first -> new Branch(
                    first, relu1.orElseThrow(), conv2.orElseThrow(), relu2.orElseThrow(), conv3.orElseThrow()));
        }

        private static Optional<Node> step(Graph graph, String value, OpType op) {
            return graph.producerForOne(value).filter(node -> node.op() == op);
        }

        boolean isTwinOf(Graph graph, Branch other) {
            return conv1.inputs().get(0).equals(other.conv1.inputs().get(0))
                    && conv1.attributes().equals(other.conv1.attributes())
                    && conv2.attributes().equals(other.conv2.attributes())
                    && conv3.attributes().equals(other.conv3.attributes())
                    && conv1.integer("group", 1) == 1
                    && conv3.integer("group", 1) == 1
                    && sameShape(graph, conv2, other.conv2)
                    && ConvWeights.outChannels(graph, conv3) == ConvWeights.outChannels(graph, other.conv3);
        }

        private static boolean sameShape(Graph graph, Node conv, Node other) {
            return ConvWeights.weight(graph, conv)
                    .shape()
                    .equals(ConvWeights.weight(graph, other).shape());
        }

        void remove(Graph graph) {
            List.of(conv3, relu2, conv2, relu1, conv1).forEach(graph::remove);
        }
    }
}
