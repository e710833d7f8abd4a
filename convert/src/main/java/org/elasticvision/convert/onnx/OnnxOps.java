package org.elasticvision.convert.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.zoo.layer.BatchNorm2d;
import org.elasticvision.convert.zoo.layer.Conv2d;
import org.elasticvision.convert.zoo.layer.ConvTranspose2d;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.Linear;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.convert.zoo.ops.LayerOps;
import org.elasticvision.convert.zoo.ops.Pool2d;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;

/** Interprets a network as ONNX nodes, operation by operation: nothing is folded or left out here. */
final class OnnxOps implements LayerOps<OnnxValue> {
    private final Graph graph;
    private final Weights weights;
    private final BatchDimension batch;
    private final Opset opset;
    private final ShapeOps shapes = new ShapeOps();
    private final Deque<String> parts = new ArrayDeque<>();
    private final Map<String, Integer> uses = new HashMap<>();

    OnnxOps(Graph graph, Weights weights, BatchDimension batch, Opset opset) {
        this.graph = graph;
        this.weights = weights;
        this.batch = batch;
        this.opset = opset;
    }

    @Override
    public Shape shape(OnnxValue x) {
        return x.shape();
    }

    @Override
    public OnnxValue conv2d(Conv2d layer, OnnxValue x) {
        return layer(
                OpType.CONV,
                layer,
                x,
                shapes.conv2d(layer, x.shape()),
                Map.of(
                        "kernel_shape", twice(layer.kernel()),
                        "strides", twice(layer.stride()),
                        "pads", fourTimes(layer.padding()),
                        "dilations", twice(layer.dilation()),
                        "group", (long) layer.groups()));
    }

    @Override
    public OnnxValue convTranspose2d(ConvTranspose2d layer, OnnxValue x) {
        return layer(
                OpType.CONV_TRANSPOSE,
                layer,
                x,
                shapes.convTranspose2d(layer, x.shape()),
                Map.of(
                        "kernel_shape", twice(layer.kernel()),
                        "strides", twice(layer.stride()),
                        "pads", fourTimes(layer.padding()),
                        "group", (long) layer.channels()));
    }

    @Override
    public OnnxValue batchNorm(BatchNorm2d layer, OnnxValue x) {
        return layer(OpType.BATCH_NORMALIZATION, layer, x, shapes.batchNorm(layer, x.shape()), Map.of("epsilon", (float)
                layer.epsilon()));
    }

    @Override
    public OnnxValue linear(Linear layer, OnnxValue x) {
        return layer(OpType.GEMM, layer, x, shapes.linear(layer, x.shape()), Map.of("transB", 1L));
    }

    @Override
    public OnnxValue relu(OnnxValue x) {
        return node(OpType.RELU, "relu", x.shape(), Map.of(), x.name());
    }

    @Override
    public OnnxValue sigmoid(OnnxValue x) {
        return node(OpType.SIGMOID, "sigmoid", x.shape(), Map.of(), x.name());
    }

    @Override
    public OnnxValue logSoftmax(OnnxValue x) {
        return node(OpType.LOG_SOFTMAX, "log_softmax", x.shape(), Map.of("axis", 1L), x.name());
    }

    @Override
    public OnnxValue maxPool2d(OnnxValue x, Pool2d pool) {
        return node(
                OpType.MAX_POOL,
                "max_pool",
                shapes.maxPool2d(x.shape(), pool),
                Map.of(
                        "kernel_shape", twice(pool.kernel()),
                        "strides", twice(pool.stride()),
                        "pads", fourTimes(pool.padding()),
                        "ceil_mode", pool.ceilMode() ? 1L : 0L),
                x.name());
    }

    @Override
    public OnnxValue avgPool2d(OnnxValue x, Pool2d pool) {
        if (pool.ceilMode() || pool.padding() != 0) {
            // ONNX Runtime divides by the wrong count before opset 19.
            throw new IllegalArgumentException("average pooling over an edge is not exported: pad the input instead");
        }
        return node(
                OpType.AVERAGE_POOL,
                "avg_pool",
                shapes.avgPool2d(x.shape(), pool),
                Map.of("kernel_shape", twice(pool.kernel()), "strides", twice(pool.stride())),
                x.name());
    }

    @Override
    public OnnxValue globalAvgPool2d(OnnxValue x) {
        return node(
                OpType.GLOBAL_AVERAGE_POOL, "global_avg_pool", shapes.globalAvgPool2d(x.shape()), Map.of(), x.name());
    }

    @Override
    public OnnxValue flatten(OnnxValue x) {
        return node(OpType.FLATTEN, "flatten", shapes.flatten(x.shape()), Map.of("axis", 1L), x.name());
    }

    @Override
    public OnnxValue add(OnnxValue a, OnnxValue b) {
        return node(OpType.ADD, "add", shapes.add(a.shape(), b.shape()), Map.of(), a.name(), b.name());
    }

    @Override
    public OnnxValue scaleChannels(OnnxValue x, OnnxValue scale) {
        return node(
                OpType.MUL, "scale", shapes.scaleChannels(x.shape(), scale.shape()), Map.of(), x.name(), scale.name());
    }

    @Override
    public OnnxValue concat(List<OnnxValue> parts) {
        Shape shape = shapes.concat(parts.stream().map(OnnxValue::shape).toList());
        String[] names = parts.stream().map(OnnxValue::name).toArray(String[]::new);
        return node(OpType.CONCAT, "concat", shape, Map.of("axis", 1L), names);
    }

    @Override
    public OnnxValue padReplicate(OnnxValue x, int bottom, int right) {
        String pads = longs("pads_" + bottom + "_" + right, 0, 0, 0, 0, 0, 0, bottom, right);
        return node(
                OpType.PAD,
                "pad",
                shapes.padReplicate(x.shape(), bottom, right),
                Map.of("mode", "edge"),
                x.name(),
                pads);
    }

    @Override
    public OnnxValue crop(OnnxValue x, int height, int width) {
        String starts = longs("crop_start", 0, 0);
        String ends = longs("crop_end_" + height + "_" + width, height, width);
        String axes = longs("crop_axes", 2, 3);
        return node(
                OpType.SLICE, "crop", shapes.crop(x.shape(), height, width), Map.of(), x.name(), starts, ends, axes);
    }

    @Override
    public OnnxValue upsample2x(OnnxValue x) {
        String scales = "upsample_scales";
        graph.put(new Initializer.Floats(scales, List.of(4L), () -> new float[] {1, 1, 2, 2}));
        return node(
                OpType.RESIZE,
                "upsample",
                shapes.upsample2x(x.shape()),
                Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel"),
                x.name(),
                "",
                scales);
    }

    @Override
    public OnnxValue resizeAlignCorners(OnnxValue x, int height, int width) {
        Map<String, Object> attributes =
                new HashMap<>(Map.of("mode", "linear", "coordinate_transformation_mode", "align_corners"));
        String sizes;
        if (opset.resizeHasAxes()) {
            attributes.put("axes", List.of(2L, 3L));
            sizes = longs("size_" + height + "_" + width, height, width);
        } else if (batch.isDynamic()) {
            return resizeByScales(x, height, width, attributes);
        } else {
            int channels = x.shape().channels();
            String name = "size_" + batch.size() + "_" + channels + "_" + height + "_" + width;
            sizes = longs(name, batch.size(), channels, height, width);
        }
        return node(OpType.RESIZE, "resize", x.shape().withSize(height, width), attributes, x.name(), "", "", sizes);
    }

    /** Sizes would have to name that of the batch. */
    private OnnxValue resizeByScales(OnnxValue x, int height, int width, Map<String, Object> attributes) {
        float down = scale(x.shape().height(), height);
        float across = scale(x.shape().width(), width);
        String scales = "scales_" + x.shape().height() + "_" + x.shape().width() + "_" + height + "_" + width;
        graph.put(new Initializer.Floats(scales, List.of(4L), () -> new float[] {1, 1, down, across}));
        return node(OpType.RESIZE, "resize", x.shape().withSize(height, width), attributes, x.name(), "", scales);
    }

    /** A scale by which a length becomes another one, however exactly they are multiplied before the product is rounded down. */
    private static float scale(int from, int to) {
        float scale = (float) to / from;
        while ((long) (scale * from) < to || (long) ((double) scale * from) < to) {
            scale = Math.nextUp(scale);
        }
        return scale;
    }

    @Override
    public OnnxValue part(String name, Supplier<OnnxValue> body) {
        parts.push(name);
        try {
            return body.get();
        } finally {
            parts.pop();
        }
    }

    private OnnxValue layer(OpType op, Layer layer, OnnxValue x, Shape shape, Map<String, Object> attributes) {
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        for (TensorSpec tensor : layer.tensors()) {
            if (tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED) {
                graph.put(new Initializer.Floats(tensor.name(), tensor.shape(), () -> weights.read(tensor.name())));
                inputs.add(tensor.name());
            }
        }
        graph.add(Node.of(op, layer.name(), inputs, attributes));
        return new OnnxValue(layer.name(), shape);
    }

    private OnnxValue node(OpType op, String kind, Shape shape, Map<String, Object> attributes, String... inputs) {
        String base = parts.isEmpty() ? kind : parts.peek() + "." + kind;
        int use = uses.merge(base, 1, Integer::sum);
        String name = use == 1 ? base : base + "_" + use;
        graph.add(Node.of(op, name, List.of(inputs), attributes));
        return new OnnxValue(name, shape);
    }

    /** A constant vector, shared by all nodes that need it. */
    private String longs(String name, long... values) {
        graph.put(new Initializer.Longs(name, Arrays.stream(values).boxed().toList()));
        return name;
    }

    private static List<Long> twice(long value) {
        return List.of(value, value);
    }

    private static List<Long> fourTimes(long value) {
        return List.of(value, value, value, value);
    }
}
