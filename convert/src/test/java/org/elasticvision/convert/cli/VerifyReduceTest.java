package org.elasticvision.convert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.io.npy.NpyFile;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic verify --reduce} and {@code --tensor} as a person runs them. */
class VerifyReduceTest {
    @TempDir
    Path folder;

    private CommandRun run;
    private Path checkpoint;
    private Path model;
    private Path altered;
    private String conv;

    @BeforeEach
    void writeModels() throws IOException {
        checkpoint = CheckpointFiles.tiny(folder.resolve("tiny.pth"), Task.CLASSIFICATION, 4);
        model = folder.resolve("tiny.onnx");
        assertThat(elastic("convert", "--input-size", "32", "-o", model, checkpoint))
                .as(run.err())
                .isZero();
        altered = folder.resolve("altered.onnx");
        OnnxModel read = OnnxModel.read(model);
        Graph graph = read.graph();
        Node node = graph.nodes(OpType.CONV).stream()
                .filter(one -> graph.isFollowedByRelu(one) && one.name().startsWith("layer2"))
                .findFirst()
                .orElseThrow();
        conv = node.name();
        Initializer.Floats weights = graph.weights(node.inputs().get(1));
        graph.put(new Initializer.Floats(weights.name(), weights.shape(), () -> {
            float[] values = weights.read();
            values[0] += 0.5f;
            return values;
        }));
        read.write(altered);
    }

    @Test
    void theFolderHasAllThatRepeatsTheDifference() throws IOException {
        Path found = folder.resolve("new/found");
        assertThat(elastic("verify", "--pictures", "1", "--reduce", found, model, altered))
                .isEqualTo(1);
        assertThat(run.out())
                .contains("the first value that differs is " + conv + " (Conv): by ")
                .contains("the smallest part that shows it: 1 node (Conv), ");
        float[] expected = NpyFile.read(found.resolve("expected.npy")).toFloats();
        float[] actual = NpyFile.read(found.resolve("actual.npy")).toFloats();
        assertThat(actual).hasSameSizeAs(expected).isNotEqualTo(expected);
        assertThat(found.resolve("test_data_set_0/input_0.pb")).isNotEmptyFile();
        assertThat(found.resolve("test_data_set_0/output_0.pb")).isNotEmptyFile();
        String[] repeat = Files.readString(found.resolve("repeat.txt")).strip().split(" ");
        assertThat(elastic((Object[]) Arrays.copyOfRange(repeat, 1, repeat.length)))
                .isEqualTo(1);
        assertThat(run.err()).contains("differs from").hasLineCount(1);

        Path first = found.resolve("expected.onnx");
        Path input = found.resolve("input.npy");
        byte[] before = Files.readAllBytes(first);
        assertThat(elastic("verify", "--tensor", input, "--reduce", found, first, found.resolve("actual.onnx")))
                .isEqualTo(2);
        assertThat(run.err())
                .contains("would write over expected.onnx in it, which is the first model; name another")
                .hasLineCount(1);
        assertThat(first).hasBinaryContent(before);
    }

    /** Its literal network has BatchNorms where the model has convolutions that do their work, and two branches where that has one. */
    @Test
    void besideACheckpointWhatBothHaveBehindActivationsIsCompared() {
        Path found = folder.resolve("found");
        assertThat(elastic("verify", "--pictures", "1", "--reduce", found, altered, checkpoint))
                .isEqualTo(1);
        String block = conv.substring(0, conv.lastIndexOf('.'));
        assertThat(run.out())
                .contains("the first value that differs is " + block + ".relu_")
                .contains("BatchNormalization");
    }

    @Test
    void whereNothingDiffersItSaysSoAndLeavesNoFolder() {
        Path found = folder.resolve("found");
        for (Path other : List.of(model, checkpoint)) {
            assertThat(elastic("verify", "--pictures", "1", "--reduce", found, model, other))
                    .as(run.err())
                    .isZero();
            assertThat(run.out()).contains("nothing to reduce");
        }
        assertThat(found).doesNotExist();
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        Path npy = folder.resolve("in.npy");
        NpyFile.writeFloats(npy, new float[12], 1, 3, 2, 2);
        assertThat(elastic("verify", "--tensor", npy, model, model)).isEqualTo(1);
        assertThat(run.err()).contains("takes an input of").hasLineCount(1);
        assertThat(elastic("verify", "--tensor", npy, "--seed", "2", model, model))
                .isEqualTo(2);
        assertThat(run.err()).contains("--seed is not for --tensor").hasLineCount(1);
        assertThat(elastic("verify", "--tensor", npy, model, checkpoint)).isEqualTo(2);
        assertThat(run.err()).contains("--tensor is for two models").hasLineCount(1);
    }

    private int elastic(Object... words) {
        run = CommandRun.of(words);
        return run.exitCode();
    }
}
