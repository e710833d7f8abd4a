package org.elasticvision.convert.quantize.qdq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.PassPipeline;
import org.elasticvision.convert.onnx.pass.Passes;

/** Rewrites a float32 graph to one with pairs of QuantizeLinear and DequantizeLinear. */
public final class QuantizedGraph {
    /** How many codes a bias may have: half of what fits, so that sums with it fit. */
    private static final float LARGEST_BIAS = 1 << 30;

    /** Biases of so many channels are stored in 16 bits where they fit: fewer would be outweighed by the node it takes. */
    private static final int WIDE = 64;

    /** What is put behind the names of values. A large network has thousands of them: short ones are worth half a percent. */
    private static final String INT8 = ".q";

    private static final String FLOAT = ".f";
    private static final String SCALE = ".s";

    private final Graph from;
    private final Graph to;
    private final Int8Target target;
    private final Int8Weights form;
    private final Int8Places places;
    private final Function<String, ActivationScale> scales;
    private final Map<String, ActivationScale> known = new HashMap<>();

    private QuantizedGraph(
            Graph from,
            Int8Target target,
            Int8Weights form,
            Predicate<Node> excluded,
            Function<String, ActivationScale> scales) {
        this.from = from;
        this.to = new Graph(from.name(), from.input(), from.output());
        this.target = target;
        this.form = form;
        this.places = Int8Places.of(from, target, excluded);
        this.scales = scales;
    }

    /**
     * Brings a graph into the form that is fast on the target in 8 bits. What it computes stays the same in real numbers, and
     * the values keep their names.
     *
     * @param graph is changed
     * @param target what runs the int8 model
     */
    public static void prepare(Graph graph, Int8Target target) {
        PassPipeline passes =
                switch (target) {
                    case CPU -> Passes.INT8_CPU;
                    case TENSORRT -> Passes.INT8_TENSORRT;
                };
        passes.run(graph);
    }

    /**
     * Quantizes a prepared graph.
     *
     * @param graph the graph, which stays as it is
     * @param target what runs the int8 model
     * @param form how weights become 8 bits
     * @param excluded nodes that stay in float
     * @param ranges of values by their names
     * @return the result
     */
    public static QuantizedGraph of(
            Graph graph,
            Int8Target target,
            Int8Weights form,
            Predicate<Node> excluded,
            Function<String, Range> ranges) {
        return withScales(graph, target, form, excluded, value -> ActivationScale.of(ranges.apply(value), target));
    }

    /**
     * Quantizes a prepared graph with scales that are known, such as learned ones.
     *
     * @param graph the graph, which stays as it is
     * @param target what runs the int8 model
     * @param form how weights become 8 bits
     * @param excluded nodes that stay in float
     * @param scales of values by their names, of the kind that the target takes
     * @return the result
     */
    public static QuantizedGraph withScales(
            Graph graph,
            Int8Target target,
            Int8Weights form,
            Predicate<Node> excluded,
            Function<String, ActivationScale> scales) {
        QuantizedGraph quantized = new QuantizedGraph(graph, target, form, excluded, scales);
        quantized.build();
        return quantized;
    }

    /** {@return the graph with the pairs} */
    public Graph graph() {
        return to;
    }

    /** {@return the names of the nodes that are computed in 8 bits} */
    public List<String> layers() {
        return from.nodes().stream().filter(places::isQuantized).map(Node::name).toList();
    }

    private void build() {
        from.initializers().forEach(to::put);
        quantizeIfPlaced(from.input().name());
        for (Node node : from.nodes()) {
            List<String> inputs = new ArrayList<>();
            for (String input : node.inputs()) {
                inputs.add(places.readsQuantized(node, input) ? input + FLOAT : input);
            }
            if (places.hasInt8Weights(node)) {
                quantizeWeights(node, inputs);
            }
            to.add(node.withInputs(inputs));
            quantizeIfPlaced(node.output());
        }
        Passes.INT8_END.run(to);
    }

    private void quantizeIfPlaced(String value) {
        if (!places.has(value)) {
            return;
        }
        ActivationScale scale = scale(value);
        String scaleName = value + SCALE;
        to.put(new Initializer.Floats(scaleName, List.of(), () -> new float[] {scale.scale()}));
        String zero = (scale.signed() ? "zero_int8_" : "zero_uint8_") + scale.zeroPoint();
        to.put(Initializer.Bytes.scalar(zero, scale.signed(), scale.zeroPoint()));
        to.add(Node.of(OpType.QUANTIZE_LINEAR, value + INT8, List.of(value, scaleName, zero), Map.of()));
        to.add(Node.of(OpType.DEQUANTIZE_LINEAR, value + FLOAT, List.of(value + INT8, scaleName, zero), Map.of()));
    }

    private ActivationScale scale(String value) {
        return known.computeIfAbsent(places.scaledAs(value), scales);
    }

    private void quantizeWeights(Node node, List<String> inputs) {
        Initializer.Floats weight = from.weights(node.inputs().get(1));
        int outputs = Math.toIntExact(weight.shape().get(0));
        int positions =
                weight.shape().stream().skip(2).mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
        boolean integerBias = target == Int8Target.CPU && node.inputs().size() > 2;
        float inputScale = scale(node.inputs().get(0)).scale();
        float[] bias = integerBias ? from.weights(node.inputs().get(2)).read() : new float[0];
        float[] leastScales = new float[outputs];
        for (int i = 0; i < bias.length; i++) {
            leastScales[i] = Math.abs(bias[i]) / (LARGEST_BIAS * inputScale);
        }
        QuantizedWeights quantized = QuantizedWeights.of(weight.read(), outputs, positions, form, leastScales);
        inputs.set(1, weights(node.name() + ".weight", weight.shape(), quantized));
        if (integerBias) {
            inputs.set(2, bias(node, bias, quantized.scales()));
        }
    }

    /** The weights as ONNX has them: codes, a scale for each output, and a node that multiplies them. */
    private String weights(String name, List<Long> shape, QuantizedWeights quantized) {
        byte[] codes = quantized.codes();
        // A pooling or a normalisation is repeated when it is loaded. TensorRT has no Expand of 8 bits.
        if (quantized.isUniform() && target == Int8Target.CPU) {
            String one = name + ".code";
            List<Long> ones = shape.stream().map(size -> 1L).toList();
            to.put(new Initializer.Bytes(one, ones, true, () -> new byte[] {codes[0]}));
            String sizes = "shape_" + shape.stream().map(String::valueOf).collect(Collectors.joining("_"));
            to.put(new Initializer.Longs(sizes, shape));
            to.add(Node.of(OpType.EXPAND, name + INT8, List.of(one, sizes), Map.of()));
        } else {
            to.put(new Initializer.Bytes(name + INT8, shape, true, () -> codes));
        }
        float[] scales = quantized.scales();
        boolean oneScale = quantized.hasOneScale();
        List<Long> scaleShape = oneScale ? List.of() : List.of((long) scales.length);
        to.put(new Initializer.Floats(
                name + SCALE, scaleShape, () -> oneScale ? new float[] {scales[0]} : scales.clone()));
        String zero = oneScale ? "zero_int8_0" : "zeros_int8_" + scales.length;
        to.put(new Initializer.Bytes(zero, scaleShape, true, () -> new byte[oneScale ? 1 : scales.length]));
        Map<String, Object> attributes = oneScale ? Map.of() : Map.of("axis", 0L);
        to.add(Node.of(OpType.DEQUANTIZE_LINEAR, name + FLOAT, List.of(name + INT8, name + SCALE, zero), attributes));
        return name + FLOAT;
    }

    /** A bias has the scale of what it is added to; the product is made when it is loaded. */
    private String bias(Node node, float[] bias, float[] weightScales) {
        String name = node.name() + ".bias";
        float inputScale = scale(node.inputs().get(0)).scale();
        int[] codes = new int[bias.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (int) Math.rint(bias[i] / ((double) inputScale * weightScales[i]));
        }
        String stored = name + INT8;
        boolean narrow = Arrays.stream(codes).allMatch(code -> code == (short) code);
        if (narrow && codes.length > WIDE) {
            stored = name + ".code";
            to.add(Node.of(OpType.CAST, name + INT8, List.of(stored), Map.of("to", (long) ElementType.INT32.number())));
        }
        to.put(new Initializer.Ints(stored, List.of((long) bias.length), () -> codes, !stored.equals(name + INT8)));
        to.add(Node.of(
                OpType.MUL,
                name + SCALE,
                List.of(node.inputs().get(0) + SCALE, node.name() + ".weight" + SCALE),
                Map.of()));
        to.add(Node.of(OpType.DEQUANTIZE_LINEAR, name + FLOAT, List.of(name + INT8, name + SCALE), Map.of("axis", 0L)));
        return name + FLOAT;
    }
}
