package org.elasticvision.convert.quantize.calibration;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is counted while a network runs. */
class CalibrationRunTest {
    private static final int SIZE = 4;
    private static final int PIXELS = 3 * SIZE * SIZE;

    @TempDir
    Path folder;

    /** Two convolutions, each of which takes every channel times a number, and a Relu between them. */
    private OnnxModel model(String batch, float first, float last) {
        List<String> shape = List.of(batch, "3", "" + SIZE, "" + SIZE);
        Graph graph = new Graph("g", new Graph.Port("x", shape), new Graph.Port("y", shape));
        conv(graph, "first", "x", "first", first);
        graph.add(Node.of(OpType.RELU, "relu", List.of("first"), Map.of()));
        conv(graph, "middle", "relu", "middle", 1);
        conv(graph, "last", "middle", "y", last);
        return read(graph);
    }

    /** A convolution, whose values a Sigmoid brings back between 0 and 1. */
    private OnnxModel squeezed(float factor) {
        List<String> shape = List.of("1", "3", "" + SIZE, "" + SIZE);
        Graph graph = new Graph("g", new Graph.Port("x", shape), new Graph.Port("y", shape));
        conv(graph, "first", "x", "first", factor);
        graph.add(Node.of(OpType.SIGMOID, "last", List.of("first"), Map.of()).withOutput("y"));
        return read(graph);
    }

    private OnnxModel read(Graph graph) {
        Path file = folder.resolve("model.onnx");
        new OnnxModel(graph, Opset.DEFAULT, Map.of()).write(file);
        return OnnxModel.read(file);
    }

    private static void conv(Graph graph, String name, String input, String output, float factor) {
        float[] weights = new float[3];
        Arrays.fill(weights, factor);
        graph.put(new Initializer.Floats(name + ".weight", List.of(3L, 1L, 1L, 1L), weights::clone));
        graph.add(Node.of(
                        OpType.CONV,
                        name,
                        List.of(input, name + ".weight"),
                        Map.of("kernel_shape", List.of(1L, 1L), "group", 3L))
                .withOutput(output));
    }

    private static CalibrationRun open(OnnxModel model) {
        return CalibrationRun.open(model, Preprocessing.published(Task.CLASSIFICATION, SIZE, SIZE));
    }

    private static float[] pixels() {
        float[] pixels = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = i - 20;
        }
        return pixels;
    }

    /** The input and what the nodes make, but neither the output nor what a Relu alone sees. */
    @Test
    void theValuesBetweenAreCounted() {
        try (CalibrationRun run = open(model("1", 2, 5))) {
            run.add(pixels(), "one");
            run.add(new float[PIXELS], "two");
            Map<String, Histogram> seen = run.result().histograms();
            assertThat(seen).containsOnlyKeys("x", "relu", "middle");
            assertThat(seen.get("x").count()).isEqualTo(2 * PIXELS);
            assertThat(seen.get("x").min()).isEqualTo(-20);
            assertThat(seen.get("x").max()).isEqualTo(PIXELS - 21);
            assertThat(seen.get("x").zeros()).isEqualTo(PIXELS + 1);
            assertThat(seen.get("relu").count()).isEqualTo(2 * PIXELS);
            assertThat(seen.get("relu").min()).isZero();
            assertThat(seen.get("middle").max()).isEqualTo(2 * (PIXELS - 21));
            assertThatThrownBy(() -> run.result().range("y", Calibrator.MINMAX)).hasMessage("y was not calibrated");
        }
    }

    /** Each place of the batch has the image, so that none is of zeros. */
    @Test
    void anImageStandsInForAWholeBatch() {
        try (CalibrationRun run = open(model("3", 1, 1))) {
            float[] ones = new float[PIXELS];
            Arrays.fill(ones, 1);
            run.add(ones, "one");
            Map<String, Histogram> seen = run.result().histograms();
            assertThat(seen.get("x").count()).isEqualTo(PIXELS);
            assertThat(seen.get("relu").count()).isEqualTo(3 * PIXELS);
            assertThat(seen.get("relu").zeros()).isZero();
            assertThat(seen.get("relu").min()).isEqualTo(1);
        }
    }

    @Test
    void anotherSizeIsRefused() {
        try (CalibrationRun run = open(model("1", 1, 1))) {
            assertThatThrownBy(() -> run.add(new float[PIXELS - 1], "small"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("small has 47 values, not 48");
        }
    }

    @Test
    void infinityInsideOrInTheAnswerIsSaidWithItsPlace() {
        try (CalibrationRun run = open(squeezed(3e38f))) {
            assertThatThrownBy(() -> run.add(pixels(), "photo"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("of photo the network produces values that are not numbers, at first");
        }
        try (CalibrationRun run = open(model("1", 1, 3e38f))) {
            assertThatThrownBy(() -> run.add(pixels(), "photo"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("of photo the network produces values that are not numbers, at its output");
        }
    }
}
