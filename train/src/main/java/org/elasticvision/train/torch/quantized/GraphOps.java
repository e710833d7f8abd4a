package org.elasticvision.train.torch.quantized;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Runs nodes of an fp32 graph that {@code OnnxExporter} made as LibTorch tensors, each operator in the form in which our networks have it. What a
 * node makes belongs to the caller's {@code PointerScope}.
 */
final class GraphOps {
    private static final List<Long> ONE = List.of(1L, 1L);
    private static final List<Long> ZERO = List.of(0L, 0L, 0L, 0L);

    private final Graph graph;

    GraphOps(Graph graph) {
        this.graph = graph;
    }

    /**
     * Runs a node.
     *
     * @param node of the graph
     * @param input gives the tensor of an input that is a value or holds weights
     * @throws ElasticVisionException if the operator is none of our networks'
     */
    Tensor run(Node node, Function<String, Tensor> input) {
        Tensor x = input.apply(node.inputs().get(0));
        return switch (node.op()) {
            case ADD -> x.add(input.apply(node.inputs().get(1)));
            case MUL -> x.mul(input.apply(node.inputs().get(1)));
            case CONCAT ->
                torch.cat(
                        new TensorVector(node.inputs().stream().map(input).toArray(Tensor[]::new)),
                        node.integer("axis", 1));
            case CONV -> conv(node, x, input);
            case CONV_TRANSPOSE ->
                torch.conv_transpose2d(
                        x,
                        input.apply(node.inputs().get(1)),
                        optional(node, 2, input),
                        longs(node, "strides", ONE),
                        padding(node),
                        new long[] {0, 0},
                        node.integer("group", 1),
                        new long[] {1, 1});
            case GEMM -> torch.linear(x, input.apply(node.inputs().get(1)), optional(node, 2, input));
            case BATCH_NORMALIZATION -> batchNorm(node, x, input);
            case RELU -> followsConv(node) ? x.relu_() : x.relu();
            case SIGMOID -> x.sigmoid();
            case LOG_SOFTMAX -> torch.log_softmax(x, node.integer("axis", 1));
            case FLATTEN -> x.flatten(node.integer("axis", 1), -1);
            case GLOBAL_AVERAGE_POOL -> torch.adaptive_avg_pool2d(x, 1, 1);
            case AVERAGE_POOL ->
                torch.avg_pool2d(
                        x,
                        longs(node, "kernel_shape", ONE),
                        longs(node, "strides", ONE),
                        new long[] {0, 0},
                        false,
                        false,
                        new LongOptional());
            case MAX_POOL ->
                torch.max_pool2d(
                        x,
                        longs(node, "kernel_shape", ONE),
                        longs(node, "strides", ONE),
                        padding(node),
                        new long[] {1, 1},
                        node.integer("ceil_mode", 0) != 0);
            case PAD -> pad(node, x);
            case SLICE -> slice(node, x);
            case RESIZE -> resize(node, x);
            case CAST, EXPAND, QUANTIZE_LINEAR, DEQUANTIZE_LINEAR ->
                throw new ElasticVisionException(
                        node.name() + ": " + node.op().onnxName()
                                + " is an operator that fp32 models of 'elastic convert' and 'elastic train' do not have; export the network again");
        };
    }

    private static Tensor conv(Node node, Tensor x, Function<String, Tensor> input) {
        return torch.conv2d(
                x,
                input.apply(node.inputs().get(1)),
                optional(node, 2, input),
                longs(node, "strides", ONE),
                padding(node),
                longs(node, "dilations", ONE),
                node.integer("group", 1));
    }

    /** By its statistics, which stay as they are. */
    private static Tensor batchNorm(Node node, Tensor x, Function<String, Tensor> input) {
        float epsilon = (Float) node.attributes().get("epsilon");
        return torch.batch_norm(
                x,
                optional(node, 1, input),
                optional(node, 2, input),
                optional(node, 3, input),
                optional(node, 4, input),
                false,
                0,
                epsilon,
                true);
    }

    /** A convolution's output that a Relu alone reads may be overwritten. */
    private boolean followsConv(Node relu) {
        return graph.producerForOne(relu.inputs().get(0))
                .map(node -> node.op().hasInt8Weights())
                .orElse(false);
    }

    private Tensor pad(Node node, Tensor x) {
        List<Long> pads = sizes(node, 1); // begin and end of N, C, H, W
        return torch.replication_pad2d(x, pads.get(3), pads.get(7), pads.get(2), pads.get(6));
    }

    private Tensor slice(Node node, Tensor x) {
        List<Long> starts = sizes(node, 1);
        List<Long> ends = sizes(node, 2);
        List<Long> axes = sizes(node, 3);
        Tensor part = x;
        for (int i = 0; i < axes.size(); i++) {
            part = part.narrow(axes.get(i), starts.get(i), ends.get(i) - starts.get(i));
        }
        return part;
    }

    private Tensor resize(Node node, Tensor x) {
        if ("align_corners".equals(node.attributes().get("coordinate_transformation_mode"))) {
            List<Long> sizes = sizes(node, 3);
            int last = sizes.size() - 1; // height and width, or all four
            return torch.upsample_bilinear2d(x, new long[] {sizes.get(last - 1), sizes.get(last)}, true);
        }
        float[] scales = graph.weights(node.inputs().get(2)).read();
        long[] size = {(long) (x.size(2) * scales[2]), (long) (x.size(3) * scales[3])};
        return torch.upsample_bilinear2d(x, size, false, new DoubleOptional(scales[2]), new DoubleOptional(scales[3]));
    }

    private List<Long> sizes(Node node, int input) {
        return ((Initializer.Longs) graph.initializer(node.inputs().get(input))).values();
    }

    private static TensorOptional optional(Node node, int input, Function<String, Tensor> tensors) {
        return Optional.of(input)
                .filter(place -> place < node.inputs().size())
                .map(place -> new TensorOptional(tensors.apply(node.inputs().get(place))))
                .orElseGet(TensorOptional::new);
    }

    /** Our exporter pads alike at both ends. */
    private static long[] padding(Node node) {
        List<Long> pads = node.integers("pads", ZERO);
        return new long[] {pads.get(0), pads.get(1)};
    }

    private static long[] longs(Node node, String attribute, List<Long> orElse) {
        return node.integers(attribute, orElse).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
