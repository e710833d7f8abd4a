package org.elasticvision.convert.quantize.qdq;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The largest activations times the largest weights: what a processor without VNNI sums in 16 bits must not overflow. (On one
 * that has it, or on ARM, this cannot fail.)
 */
class SaturationTest {
    private static final int CHANNELS = 32;
    private static final int SIZE = 8;

    @TempDir
    Path folder;

    /** Which weights are negative: none; those of odd channels; those of odd columns of the kernel. */
    enum Signs {
        NONE,
        CHANNELS,
        COLUMNS
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 1, 1",
        "CHANNELS, 1, 1",
        "NONE, 3, 1",
        "CHANNELS, 3, 1",
        "COLUMNS, 3, 1",
        "NONE, 3, 2",
        "CHANNELS, 3, 2",
        "COLUMNS, 3, 2",
        "NONE, 3, 32",
        "COLUMNS, 3, 32",
        "NONE, 2, 32"
    })
    void largeSumsAreRight(Signs signs, int kernel, int groups) {
        Graph graph = graph(signs, kernel, groups);
        Path single = folder.resolve("fp32.onnx");
        new OnnxModel(graph, Opset.DEFAULT, Map.of()).write(single);
        Graph quantized = QuantizedGraph.of(
                        graph,
                        Int8Target.CPU,
                        Int8Weights.PAIR_SAFE,
                        node -> node.name().equals("last"),
                        value -> value.equals("conv") ? new Range(-320, 320) : new Range(0, 1))
                .graph();
        Path file = folder.resolve("int8.onnx");
        new OnnxModel(quantized, Opset.DEFAULT, Map.of()).write(file);
        float[] input = input(signs);
        float[] expected = run(single, input);
        float[] actual = run(file, input);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isEqualTo(expected[i], within(3 * 640f / 255));
        }
    }

    /** A convolution of weights between a half and one, and something after it that stays in float. */
    private static Graph graph(Signs signs, int kernel, int groups) {
        List<String> shape = List.of("1", "32", "8", "8");
        int out = kernel == 2 ? 7 : SIZE;
        Graph graph =
                new Graph("g", new Graph.Port("x", shape), new Graph.Port("y", List.of("1", "32", "" + out, "" + out)));
        int inputs = CHANNELS / groups;
        float[] weights = new float[CHANNELS * inputs * kernel * kernel];
        for (int i = 0; i < weights.length; i++) {
            int column = i % kernel;
            int channel = i / (kernel * kernel) % inputs;
            boolean negative =
                    (signs == Signs.CHANNELS && channel % 2 == 1) || (signs == Signs.COLUMNS && column % 2 == 1);
            weights[i] = (negative ? -1 : 1) * (1 - i % 7 / 14f);
        }
        List<Long> sizes = List.of((long) CHANNELS, (long) inputs, (long) kernel, (long) kernel);
        graph.put(new Initializer.Floats("weight", sizes, weights::clone));
        long pad = kernel == 3 ? 1 : 0;
        graph.add(Node.of(
                OpType.CONV,
                "conv",
                List.of("x", "weight"),
                Map.of(
                        "kernel_shape", List.of((long) kernel, (long) kernel),
                        "pads", List.of(pad, pad, pad, pad),
                        "group", (long) groups)));
        graph.add(Node.of(OpType.SIGMOID, "sigmoid", List.of("conv"), Map.of()));
        graph.add(Node.of(OpType.MUL, "last", List.of("conv", "sigmoid"), Map.of())
                .withOutput("y"));
        return graph;
    }

    /** The largest value where the weights are positive, else 0. */
    private static float[] input(Signs signs) {
        float[] input = new float[CHANNELS * SIZE * SIZE];
        for (int i = 0; i < input.length; i++) {
            boolean zero =
                    (signs == Signs.CHANNELS && i / (SIZE * SIZE) % 2 == 1) || (signs == Signs.COLUMNS && i % 2 == 1);
            input[i] = zero ? 0 : 1;
        }
        return input;
    }

    private static float[] run(Path file, float[] input) {
        try (Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU))) {
            FloatBuffer in = DirectBuffers.floats(input.length).put(input);
            FloatBuffer out = DirectBuffers.floats(engine.outputShape().itemElements());
            engine.run(in, out, 1);
            float[] values = new float[out.capacity()];
            out.get(0, values);
            return values;
        }
    }
}
