package org.elasticvision.convert.cli;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.ObservedModel;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.TestProto;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.elasticvision.convert.onnx.TestProto.FLOAT;
import static org.elasticvision.convert.onnx.TestProto.INT64;

/** {@code elastic extract} as a person runs it. */
class ExtractCommandTest {
    private static final TensorShape IMAGE = TensorShape.of(1, 3, 64, 64);

    @TempDir
    Path folder;

    private CommandRun run;

    @Test
    void aPartComputesWhatTheWholeComputesAndHasOnlyWhatItNeeds() {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        OnnxModel whole = OnnxModel.read(model);
        List<Node> blocks = whole.graph().nodes(OpType.RELU).stream()
                .filter(relu -> whole.graph().consumers(relu.output()).size() > 1)
                .toList();
        String start = blocks.get(0).output();
        String end = blocks.get(2).output();
        FloatBuffer image = noise(IMAGE.elements());
        Map<String, float[]> expected = new HashMap<>();
        try (ObservedModel observed = ObservedModel.open(whole, List.of(start, end))) {
            observed.run(
                    image,
                    IMAGE,
                    (index, values) -> expected.put(observed.values().get(index), values));
        }

        Path part = folder.resolve("new/part.onnx");
        assertThat(extract(model, "--to", end, "-o", part)).as(run.err()).isZero();
        OnnxModel read = OnnxModel.read(part);
        assertThat(run.out())
                .contains(read.graph().nodes().size() + " of "
                        + whole.graph().nodes().size() + " nodes, image [batch, 3, 64, 64] to " + end + " [batch, ");
        assertThat(read.graph().nodes())
                .isEqualTo(whole.graph().nodes().subList(0, read.graph().nodes().size()))
                .hasSizeLessThan(whole.graph().nodes().size());
        Map<String, String> metadata = new HashMap<>(read.metadata());
        assertThat(metadata.remove(ModelInfo.PART)).isEqualTo(end);
        assertThat(metadata).isEqualTo(whole.metadata()).isNotEmpty();
        run = CommandRun.of("inspect", part.toString());
        assertThat(run.err())
                .isEqualTo("elastic: " + part + " is a part of a model, cut out by 'elastic extract' up to '" + end
                        + "', and answers no image; 'elastic inspect --layers' shows it, and 'elastic verify --tensor'"
                        + " compares it" + System.lineSeparator());
        assertThat(read.opset()).isEqualTo(whole.opset());
        assertThat(read.graph().initializers())
                .allSatisfy(weights ->
                        assertThat(read.graph().consumers(weights.name())).isNotEmpty())
                .hasSizeLessThan(whole.graph().initializers().size());
        assertEqual(run(part, image, IMAGE), expected.get(end));

        Path later = folder.resolve("tiny." + end + ".onnx");
        assertThat(extract(model, "--to", end, "--from", start)).as(run.err()).isZero();
        OnnxModel rest = OnnxModel.read(later);
        assertThat(rest.graph().input().name()).isEqualTo(start);
        List<String> dimensions = rest.graph().input().dimensions();
        assertThat(dimensions.get(0)).isEqualTo("batch");
        TensorShape shape = new TensorShape(
                Stream.concat(Stream.of("1"), dimensions.stream().skip(1))
                        .map(Integer::valueOf)
                        .toList());
        FloatBuffer inner = DirectBuffers.floats(shape.elements()).put(expected.get(start));
        assertEqual(run(later, inner.clear(), shape), expected.get(end));
    }

    @Test
    void weightsInAFileBesideTheModelComeAlong() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        Path apart = folder.resolve("apart.onnx");
        Path weights = RewrittenModel.withWeightsApart(model, apart, "weights.bin");
        String end = OnnxModel.read(model).graph().nodes(OpType.RELU).get(3).name();
        assertThat(extract(model, "--to", end, "-o", folder.resolve("one.onnx")))
                .isZero();
        assertThat(extract(apart, "--to", end, "-o", folder.resolve("other.onnx")))
                .as(run.err())
                .isZero();
        assertThat(extract(apart, "--to", end, "-o", weights)).isEqualTo(2);
        assertThat(run.err()).contains("is the model itself").hasLineCount(1);
        Files.delete(weights);
        assertThat(folder.resolve("other.onnx")).hasSameBinaryContentAs(folder.resolve("one.onnx"));
    }

    /** Two inputs, a node of two outputs, a branch that takes a value from around it, and a function's domain. */
    @Test
    void anyFileIsTaken() {
        TestProto then = new TestProto(18).node("Relu", "sum", "positive").output("positive", FLOAT, "2");
        TestProto otherwise = new TestProto(18).node("Identity", "kept", "same").output("same", FLOAT, "2");
        Path model = new TestProto(18)
                .input("a", FLOAT, "2")
                .input("b", FLOAT, "2")
                .input("choice", TestProto.BOOL)
                .integers("halves", INT64, List.of(2L), 1, 1)
                .node("Add", "a b", "sum")
                .node("Neg", "b", "kept")
                .node(
                        "If",
                        "choice",
                        "chosen",
                        TestProto.attribute("then_branch", then),
                        TestProto.attribute("else_branch", otherwise))
                .node("Split", "a halves", "first second")
                .node("Abs", "second", "size")
                .output("chosen", FLOAT, "2")
                .output("size", FLOAT, "1")
                .write(folder.resolve("any.onnx"));
        Path part = folder.resolve("part.onnx");
        assertThat(extract(model, "--to", "chosen", "-o", part)).as(run.err()).isZero();
        assertThat(run.out()).contains("3 of 5 nodes, a [2], b [2], choice [] to chosen [2]");
        assertThat(extract(model, "--to", "the-Abs", "-o", part)).as(run.err()).isZero();
        assertThat(run.out()).contains("2 of 5 nodes, a [2] to size [1]");
        assertThat(run(part, DirectBuffers.floats(2).put(3).put(-7).clear(), TensorShape.of(2)))
                .containsExactly(7);
        assertThat(extract(model, "--to", "size", "--from", "second", "-o", part))
                .isEqualTo(1);
        assertThat(run.err())
                .contains("the type and shape of 'second'")
                .contains("shape_inference")
                .hasLineCount(1);
    }

    @Test
    void aPartBeginsBehindAllThatANodeMakesOrBehindOneValue() {
        Path model = new TestProto(18)
                .input("x", FLOAT, "2")
                .integers("halves", INT64, List.of(2L), 1, 1)
                .node("Split", "x halves", "first second")
                .node("Sub", "first second", "difference")
                .output("difference", FLOAT, "1")
                .write(folder.resolve("split.onnx"));
        Path part = folder.resolve("part.onnx");
        assertThat(extract(model, "--from", "the-Split", "--to", "the-Sub", "-o", part))
                .as(run.err())
                .isZero();
        assertThat(run.out()).contains("1 of 2 nodes, first [1], second [1] to difference [1]");
        assertThat(extract(model, "--from", "first", "--to", "the-Sub", "-o", part))
                .as(run.err())
                .isZero();
        assertThat(run.out()).contains("2 of 2 nodes, x [2], first [1] to difference [1]");
        assertThatThrownBy(() -> Probe.open(part, EngineOptions.defaults()))
                .as("it is valid for ONNX Runtime, but not for a probe")
                .hasMessageContaining("has 2 inputs");
        refused("does not need 'the-Sub'", model, "--from", "the-Sub", "--to", "the-Split");
    }

    /** A recurrent layer need not make all its values. */
    @Test
    void aNodeThatLeavesItsFirstOutputOutIsCalledByTheNext() {
        Path model = new TestProto(14)
                .input("x", FLOAT, "2", "1", "4")
                .zeros("w", FLOAT, 1L, 9L, 4L)
                .zeros("r", FLOAT, 1L, 9L, 3L)
                .node("GRU", "x w r", "- last", TestProto.attribute("hidden_size", 3))
                .node("Neg", "last", "negative")
                .output("negative", FLOAT, "1", "1", "3")
                .write(folder.resolve("gru.onnx"));
        Path part = folder.resolve("part.onnx");
        assertThat(extract(model, "--to", "the-GRU", "-o", part)).as(run.err()).isZero();
        assertThat(run.out()).contains("1 of 2 nodes, x [2, 1, 4] to last [1, 1, 3]");
        assertThat(extract(model, "--from", "the-GRU", "--to", "the-Neg", "-o", part))
                .as(run.err())
                .isZero();
        assertThat(run.out()).contains("1 of 2 nodes, last [1, 1, 3] to negative [1, 1, 3]");
    }

    @Test
    void whatOnnxRuntimeKnowsNoShapeOfIsAnInputWithoutOne() {
        Path model = new TestProto(18)
                .input("x", FLOAT, "n", "m")
                .node("Squeeze", "x", "squeezed")
                .node("Neg", "squeezed", "negative")
                .output("negative", FLOAT)
                .write(folder.resolve("squeeze.onnx"));
        Path part = folder.resolve("part.onnx");
        assertThat(extract(model, "--from", "the-Squeeze", "--to", "the-Neg", "-o", part))
                .as(run.err())
                .isZero();
        assertThat(run.out()).contains("1 of 2 nodes, squeezed to negative");
        assertThat(run(part, DirectBuffers.floats(2).put(3).put(-7).clear(), TensorShape.of(2)))
                .containsExactly(-3, 7);
    }

    @Test
    void whatOnnxRuntimeDoesNotOpenIsNamedAsItWasGiven() {
        Path model = new TestProto(18)
                .input("x", FLOAT, "2")
                .node("Relu", "x", "once")
                .node("Relu", "once", "twice")
                .output("twice", FLOAT, "2")
                .write(folder.resolve("same-names.onnx"));
        refused(model + " cannot be opened", model, "--to", "once");
        assertThat(run.err()).contains("node name (the-Relu)").doesNotContain("observed");
    }

    @Test
    void whatCannotBeAPartIsRefusedInOneLine() throws IOException {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        OnnxModel whole = OnnxModel.read(model);
        String node = whole.graph().nodes().get(4).name();
        String weights = whole.graph().initializers().stream()
                .map(Initializer::name)
                .findFirst()
                .orElseThrow();
        refused("did you mean " + node, model, "--to", node.substring(0, node.length() - 1) + "_");
        refused("'elastic inspect --layers' lists", model, "--to", "entirely different words");
        refused("is an input of", model, "--to", "image");
        refused("is a constant", model, "--to", weights);
        refused("both where the sub-model begins and where it ends", model, "--to", node, "--from", node);
        refused("does not need 'logits'; leave it out", model, "--to", node, "--from", "logits");
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
        refused("text.onnx", text, "--to", node);
        assertThat(extract(model, "--to", node, "-o", model)).isEqualTo(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(new ArrayList<>(files.toList())).containsExactlyInAnyOrder(model, text);
        }
    }

    private void refused(String why, Object... words) {
        assertThat(extract(words)).isEqualTo(1);
        assertThat(run.err()).contains(why).hasLineCount(1);
    }

    private static void assertEqual(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs((double) expected[i] - actual[i]));
        }
        assertThat(largest).isPositive();
        assertThat(error / largest).isCloseTo(0, within(1e-6));
    }

    private static float[] run(Path file, FloatBuffer input, TensorShape shape) {
        List<float[]> values = new ArrayList<>();
        try (Probe probe = Probe.open(file, EngineOptions.defaults())) {
            probe.run(input, shape, (index, found) -> values.add(found));
        }
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private static FloatBuffer noise(int count) {
        FloatBuffer buffer = DirectBuffers.floats(count);
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
        return buffer;
    }

    private int extract(Object... words) {
        run = CommandRun.of(
                Stream.concat(Stream.of("extract"), Stream.of(words)).toArray());
        return run.exitCode();
    }
}
