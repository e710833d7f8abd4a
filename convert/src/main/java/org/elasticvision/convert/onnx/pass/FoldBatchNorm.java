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
import org.elasticvision.convert.onnx.pass.base.NormScale;

/**
 * Folds a BatchNormalization into the convolutions before it: into one, or into all whose outputs are summed before it, on
 * paths that only resize and crop (their interpolation weights sum to one). A normalisation of a concatenation stays.
 */
final class FoldBatchNorm implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node norm : graph.nodes(OpType.BATCH_NORMALIZATION)) {
            Optional<List<Node>> convs = summedConvs(graph, norm.inputs().get(0));
            long channels = graph.weights(norm.inputs().get(1)).elementCount();
            if (convs.isPresent()
                    && convs.get().stream().allMatch(conv -> ConvWeights.outChannels(graph, conv) == channels)) {
                fold(graph, norm, convs.get());
                graph.bypass(norm);
            }
        }
        graph.removeUnusedInitializers();
    }

    /** The convolutions whose outputs' sum is the value, if that is all that it is and nobody else uses them. */
    private static Optional<List<Node>> summedConvs(Graph graph, String value) {
        return graph.producerForOne(value).flatMap(node -> convsBehind(graph, node));
    }

    private static Optional<List<Node>> convsBehind(Graph graph, Node node) {
        if (node.op() == OpType.CONV) {
            return Optional.of(List.of(node));
        }
        if (node.op() == OpType.RESIZE || node.op() == OpType.SLICE) {
            return summedConvs(graph, node.inputs().get(0));
        }
        if (node.op() != OpType.ADD) {
            return Optional.empty();
        }
        Optional<List<Node>> left = summedConvs(graph, node.inputs().get(0));
        Optional<List<Node>> right = summedConvs(graph, node.inputs().get(1));
        return left.flatMap(convs -> right.map(more -> joined(convs, more)));
    }

    private static List<Node> joined(List<Node> left, List<Node> right) {
        List<Node> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static void fold(Graph graph, Node norm, List<Node> convs) {
        NormScale normScale = NormScale.of(graph, norm);
        double[] scale = normScale.scale();
        double[] shift = normScale.shift();
        for (int i = 0; i < convs.size(); i++) {
            Node conv = convs.get(i);
            boolean takesShift = i == 0;
            Initializer.Floats weight = ConvWeights.weight(graph, conv);
            boolean hasBias = takesShift || ConvWeights.bias(graph, conv).isPresent();
            Optional<float[]> bias = hasBias
                    ? Optional.of(scaled(ConvWeights.biasOrZeros(graph, conv), scale, takesShift ? shift : null))
                    : Optional.empty();
            ConvWeights.replace(graph, conv, weight.shape(), () -> scaled(weight.read(), scale, null), bias);
        }
    }

    /** Scales each output channel's values and adds its shift, rounding once. */
    private static float[] scaled(float[] values, double[] scale, double[] shift) {
        int perChannel = values.length / scale.length;
        for (int c = 0; c < scale.length; c++) {
            double add = shift == null ? 0 : shift[c];
            for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
                values[i] = (float) (values[i] * scale[c] + add);
            }
        }
        return values;
    }
}
