package org.elasticvision.convert.quantize.qdq;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** How weights and biases of a convolution are stored: the codes times their scales are what they were. */
class QuantizedFormTest {
    private static final float INPUT_MAX = 2.55f;

    /** A convolution of one pixel, and something after it. */
    private static Graph quantized(Int8Target target, float[] weights, float[] bias) {
        String channels = Integer.toString(bias.length);
        Graph graph = new Graph(
                "g",
                new Graph.Port("x", List.of("1", "1", "2", "2")),
                new Graph.Port("y", List.of("1", channels, "2", "2")));
        graph.put(new Initializer.Floats("w", List.of((long) bias.length, 1L, 1L, 1L), weights::clone));
        graph.put(new Initializer.Floats("b", List.of((long) bias.length), bias::clone));
        graph.add(Node.of(
                OpType.CONV, "conv", List.of("x", "w", "b"), Map.of("kernel_shape", List.of(1L, 1L), "group", 1L)));
        graph.add(Node.of(OpType.SIGMOID, "last", List.of("conv"), Map.of()).withOutput("y"));
        return QuantizedGraph.of(graph, target, Int8Weights.FULL, node -> false, value -> new Range(0, INPUT_MAX))
                .graph();
    }

    private static Node producer(Graph graph, String value) {
        return graph.producer(value).orElseThrow(() -> new AssertionError("nobody makes " + value));
    }

    private static Node conv(Graph graph) {
        return graph.nodes(OpType.CONV).get(0);
    }

    /** What a DequantizeLinear gives, with codes that an Expand or a Cast may come before. */
    private static double[] dequantized(Graph graph, String value) {
        Node dequantize = producer(graph, value);
        assertThat(dequantize.op()).isEqualTo(OpType.DEQUANTIZE_LINEAR);
        double[] scales = numbers(graph, dequantize.inputs().get(1));
        double[] codes = numbers(graph, dequantize.inputs().get(0));
        assertThat(dequantize.integer("axis", -1)).isEqualTo(scales.length > 1 || isBias(dequantize) ? 0 : -1);
        double[] values = new double[codes.length];
        Arrays.setAll(values, i -> codes[i] * scales[scales.length == 1 ? 0 : i]);
        return values;
    }

    private static boolean isBias(Node dequantize) {
        return dequantize.inputs().size() == 2;
    }

    private static double[] numbers(Graph graph, String value) {
        return graph.producer(value)
                .map(node -> switch (node.op()) {
                    case MUL ->
                        product(
                                numbers(graph, node.inputs().get(0)),
                                numbers(graph, node.inputs().get(1)));
                    case CAST -> numbers(graph, node.inputs().get(0));
                    case EXPAND ->
                        repeated(
                                numbers(graph, node.inputs().get(0)),
                                graph.initializer(node.inputs().get(1)).numbers());
                    default -> throw new AssertionError(node.op());
                })
                .orElseGet(() -> graph.initializer(value).numbers());
    }

    private static double[] repeated(double[] one, double[] shape) {
        assertThat(one).hasSize(1);
        double[] all = new double[(int) Arrays.stream(shape).reduce(1, (size, more) -> size * more)];
        Arrays.fill(all, one[0]);
        return all;
    }

    private static double[] product(double[] one, double[] other) {
        assertThat(one).hasSize(1);
        return Arrays.stream(other).map(number -> number * one[0]).toArray();
    }

    private static float[] ramp(int count, float first, float step) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i * step;
        }
        return values;
    }

    private static void requireNear(double[] actual, float[] expected, double within) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("value %d", i).isEqualTo(expected[i], within(within));
        }
    }

    @Test
    void aBiasIsWhatItWasInStepsOfTheProduct() {
        float[] weights = ramp(5, 0.5f, 0.25f);
        float[] bias = ramp(5, -1, 0.37f);
        Graph graph = quantized(Int8Target.CPU, weights, bias);
        requireNear(dequantized(graph, conv(graph).inputs().get(1)), weights, 1e-6);
        double step = INPUT_MAX / 255 * weights[4] / 127;
        requireNear(dequantized(graph, conv(graph).inputs().get(2)), bias, step / 2);
    }

    @Test
    void forTensorRtABiasStaysAsItIs() {
        float[] bias = ramp(5, -1, 0.37f);
        Graph graph = quantized(Int8Target.TENSORRT, ramp(5, 0.5f, 0.25f), bias);
        requireNear(graph.initializer(conv(graph).inputs().get(2)).numbers(), bias, 0);
    }

    /** Half of what 32 bits hold is left for the sum. */
    @Test
    void weightsGiveWayToABiasThatIsMuchLarger() {
        float[] bias = {0, 1e6f, -3e7f};
        Graph graph = quantized(Int8Target.CPU, new float[] {1e-3f, -1e-3f, 1e-3f}, bias);
        Node dequantize = producer(graph, conv(graph).inputs().get(2));
        double[] codes = numbers(graph, dequantize.inputs().get(0));
        assertThat(codes[0]).isZero();
        assertThat(Math.abs(codes[1])).isBetween((1 << 30) * 0.999, (1 << 30) * 1.001);
        assertThat(Math.abs(codes[2])).isBetween((1 << 30) * 0.999, (1 << 30) * 1.001);
        double[] values = dequantized(graph, conv(graph).inputs().get(2));
        assertThat(values[1]).isEqualTo(1e6, within(1.0));
        assertThat(values[2]).isEqualTo(-3e7, within(30.0));
    }

    /** 16 bits and a node that widens them, where that is smaller; one code too large for them is enough to store 32. */
    @ParameterizedTest
    @CsvSource({
        "64, 1, false",
        "65, 1, true",
        "80, 1, true",
        "80, 40000, false",
        "80, -32768, true",
        "80, -32769, false"
    })
    void manyBiasesAreStoredInSixteenBitsWhereTheyFit(int channels, int code, boolean narrow) {
        float[] weights = ramp(channels, 1.27f, 0);
        float[] bias = ramp(channels, 0, 1e-4f); // a step is 0.01 * 0.01
        bias[3] = code * 1e-4f;
        Graph graph = quantized(Int8Target.CPU, weights, bias);
        Node dequantize = producer(graph, conv(graph).inputs().get(2));
        assertThat(graph.nodes(OpType.CAST)).hasSize(narrow ? 1 : 0);
        String stored = narrow
                ? producer(graph, dequantize.inputs().get(0)).inputs().get(0)
                : dequantize.inputs().get(0);
        Initializer.Ints codes = (Initializer.Ints) graph.initializer(stored);
        assertThat(codes.narrow()).isEqualTo(narrow);
        assertThat(codes.values().get()[3]).isEqualTo(code);
        requireNear(dequantized(graph, conv(graph).inputs().get(2)), bias, 1e-4 / 2 + 1e-3 * Math.abs(bias[3]));
    }

    /** As of a pooling that was made a convolution. TensorRT knows no Expand of 8 bits. */
    @ParameterizedTest
    @EnumSource(Int8Target.class)
    void equalWeightsAreStoredOnceForACpu(Int8Target target) {
        float[] weights = ramp(6, 0.25f, 0);
        Graph graph = quantized(target, weights, new float[6]);
        assertThat(graph.nodes(OpType.EXPAND)).hasSize(target == Int8Target.CPU ? 1 : 0);
        Node dequantize = producer(graph, conv(graph).inputs().get(1));
        assertThat(graph.initializer(dequantize.inputs().get(1)).shape())
                .as("one scale")
                .isEmpty();
        assertThat(graph.initializer(dequantize.inputs().get(2)).elementCount()).isEqualTo(1);
        requireNear(dequantized(graph, conv(graph).inputs().get(1)), weights, 1e-6);
    }

    @ParameterizedTest
    @EnumSource(Int8Target.class)
    void otherWeightsHaveAScaleForEachOutput(Int8Target target) {
        float[] weights = ramp(6, 0.25f, 0.5f);
        weights[5] = -weights[5]; // else all codes are 127
        Graph graph = quantized(target, weights, new float[6]);
        assertThat(graph.nodes(OpType.EXPAND)).isEmpty();
        Node dequantize = producer(graph, conv(graph).inputs().get(1));
        for (int input = 1; input <= 2; input++) {
            assertThat(graph.initializer(dequantize.inputs().get(input)).shape())
                    .containsExactly(6L);
        }
        requireNear(dequantized(graph, conv(graph).inputs().get(1)), weights, 1e-6);
    }
}
