package org.elasticvision.convert.onnx.pass;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A graph of a few nodes with random weights, from {@code x} to {@code y}, and what it answers for a random input. */
public final class SmallGraph {
    public static final String INPUT = "x";
    public static final String OUTPUT = "y";
    /** The node that makes the output. */
    public static final String LAST = "last";

    public static final int CHANNELS = 8;
    private static final int SIZE = 6;

    private final Graph graph;
    private final Random random = new Random(3);
    private final int outputElements;

    /** The output's channels, height and width are those of the node that will be called {@link #OUTPUT}. */
    public SmallGraph(int channels, int height, int width) {
        List<String> item = List.of(Integer.toString(channels), Integer.toString(height), Integer.toString(width));
        graph = new Graph("small", port(INPUT, List.of("8", "6", "6")), port(OUTPUT, item));
        outputElements = channels * height * width;
    }

    public SmallGraph() {
        this(CHANNELS, SIZE, SIZE);
    }

    private static Graph.Port port(String name, List<String> item) {
        return new Graph.Port(name, List.of("1", item.get(0), item.get(1), item.get(2)));
    }

    public Graph graph() {
        return graph;
    }

    /** What may differ between convolutions, with the usual values. */
    public record Conv(int in, int out, int kernel, int stride, int groups, boolean bias) {
        public Conv(int in, int out, int kernel) {
            this(in, out, kernel, 1, 1, false);
        }

        public Conv stride(int changed) {
            return new Conv(in, out, kernel, changed, groups, bias);
        }

        public Conv groups(int changed) {
            return new Conv(in, out, kernel, stride, changed, bias);
        }

        public Conv biased() {
            return new Conv(in, out, kernel, stride, groups, true);
        }
    }

    /** A convolution that keeps the size at stride 1. */
    public String conv(String name, String input, Conv conv) {
        List<Long> shape = List.of(
                (long) conv.out(), (long) conv.in() / conv.groups(), (long) conv.kernel(), (long) conv.kernel());
        String weight = weights(name + ".weight", shape, -0.5f, 0.5f);
        List<String> inputs = conv.bias()
                ? List.of(input, weight, weights(name + ".bias", List.of((long) conv.out()), -1, 1))
                : List.of(input, weight);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("kernel_shape", List.of((long) conv.kernel(), (long) conv.kernel()));
        attributes.put("strides", List.of((long) conv.stride(), (long) conv.stride()));
        long pad = conv.kernel() / 2;
        attributes.put("pads", List.of(pad, pad, pad, pad));
        attributes.put("group", (long) conv.groups());
        return node(OpType.CONV, name, attributes, inputs.toArray(String[]::new));
    }

    public String norm(String name, String input, int channels) {
        List<Long> shape = List.of((long) channels);
        return node(
                OpType.BATCH_NORMALIZATION,
                name,
                Map.of("epsilon", 1e-5f),
                input,
                weights(name + ".weight", shape, -2, 2),
                weights(name + ".bias", shape, -1, 1),
                weights(name + ".running_mean", shape, -1, 1),
                weights(name + ".running_var", shape, 0.1f, 2));
    }

    public String add(String name, String left, String right) {
        return node(OpType.ADD, name, Map.of(), left, right);
    }

    public String relu(String name, String input) {
        return node(OpType.RELU, name, Map.of(), input);
    }

    public String averagePool(String name, String input, int kernel) {
        List<Long> twice = List.of((long) kernel, (long) kernel);
        return node(OpType.AVERAGE_POOL, name, Map.of("kernel_shape", twice, "strides", twice), input);
    }

    /** Twice the size. */
    public String upsample(String name, String input) {
        graph.put(new Initializer.Floats(name + ".scales", List.of(4L), () -> new float[] {1, 1, 2, 2}));
        Map<String, Object> attributes = Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel");
        return node(OpType.RESIZE, name, attributes, input, "", name + ".scales");
    }

    /** The first part along one axis. */
    public String slice(String name, String input, long axis, long end) {
        graph.put(new Initializer.Longs(name + ".start", List.of(0L)));
        graph.put(new Initializer.Longs(name + ".end", List.of(end)));
        graph.put(new Initializer.Longs(name + ".axis", List.of(axis)));
        return node(OpType.SLICE, name, Map.of(), input, name + ".start", name + ".end", name + ".axis");
    }

    public String concat(String name, String... inputs) {
        return node(OpType.CONCAT, name, Map.of("axis", 1L), inputs);
    }

    public String node(OpType op, String name, Map<String, Object> attributes, String... inputs) {
        // As in exported graphs, the output's name is not a node's.
        String nodeName = name.equals(OUTPUT) ? LAST : name;
        graph.add(Node.of(op, nodeName, List.of(inputs), attributes).withOutput(name));
        return name;
    }

    private String weights(String name, List<Long> shape, float low, float high) {
        int count = shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = low + random.nextFloat() * (high - low);
        }
        graph.put(new Initializer.Floats(name, shape, values::clone));
        return name;
    }

    /** Runs a pass; the graph must answer the same afterwards. */
    void rewrite(GraphPass pass, Path folder) {
        float[] before = run(folder.resolve("before.onnx"));
        pass.run(graph);
        float[] after = run(folder.resolve("after.onnx"));
        graph.nameValuesAfterNodes();
        float[] renamed = run(folder.resolve("renamed.onnx"));
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).as("value %d", i).isEqualTo(before[i], within(1e-5f * (1 + Math.abs(before[i]))));
        }
        assertThat(renamed).isEqualTo(after);
    }

    /** Runs a pass that must leave everything as it is. */
    void keep(GraphPass pass, Path folder) {
        List<Node> nodes = graph.nodes();
        List<Initializer> initializers = graph.initializers();
        rewrite(pass, folder);
        assertThat(graph.nodes()).isEqualTo(nodes);
        assertThat(graph.initializers()).isEqualTo(initializers);
    }

    private float[] run(Path file) {
        new OnnxModel(graph, Opset.DEFAULT, Map.of()).write(file);
        FloatBuffer in = direct(CHANNELS * SIZE * SIZE);
        Random pixels = new Random(4);
        for (int i = 0; i < in.capacity(); i++) {
            in.put(i, (float) pixels.nextGaussian());
        }
        FloatBuffer out = direct(outputElements);
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            assertThat(engine.outputShape().itemElements()).isEqualTo(outputElements);
            engine.run(in, out, 1);
        }
        float[] values = new float[outputElements];
        out.get(0, values);
        return values;
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
