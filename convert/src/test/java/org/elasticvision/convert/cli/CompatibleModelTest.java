package org.elasticvision.convert.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic convert --compatible}; that other programs read the models is checked by {@code ci/compatible-peers.sh}. */
class CompatibleModelTest {
    @TempDir
    Path folder;

    private CommandRun run;
    private Path checkpoint;
    private Path model;

    @BeforeEach
    void convertASegmenterOfAnOddSize() throws IOException {
        checkpoint = CheckpointFiles.tiny(folder.resolve("tiny.pth"), Task.SEGMENTATION, 5);
        model = folder.resolve("compatible.onnx");
        assertThat(elastic("convert", "--compatible", "--input-size", "65x90", "-o", model, checkpoint))
                .as(run.err())
                .isZero();
    }

    @Test
    void nothingThatCameLaterIsInIt() {
        OnnxModel read = OnnxModel.read(model);
        assertThat(read.opset().version()).isEqualTo(13);
        assertThat(read.fixedBatch()).isEmpty();
        List<Node> resizes = read.graph().nodes(OpType.RESIZE);
        assertThat(resizes).extracting(Node::attributes).allSatisfy(attributes -> assertThat(attributes)
                .doesNotContainKeys("axes", "antialias", "keep_aspect_ratio_policy"));
        List<Node> aligned = resizes.stream()
                .filter(node -> node.attributes().containsValue("align_corners"))
                .toList();
        assertThat(aligned).hasSizeGreaterThan(1).allSatisfy(node -> assertThat(node.inputs())
                .hasSize(3));
        Initializer.Floats scales =
                read.graph().weights(aligned.get(aligned.size() - 1).inputs().get(2));
        assertThat(scales.read()).hasSize(4).startsWith(1, 1);
    }

    @Test
    void itAnswersAsTheUsualFormInEachEngineAndInInt8() throws IOException {
        Path usual = folder.resolve("usual.onnx");
        assertThat(elastic("convert", "--input-size", "65x90", "-o", usual, checkpoint))
                .isZero();
        for (String provider : List.of("cpu", "onednn")) {
            assertThat(elastic(
                            "verify", "--pictures", "1", "--tolerance", "1e-5", "--provider", provider, usual, model))
                    .as(run.err())
                    .isZero();
        }
        Pictures.write(folder, 2);
        Path int8 = folder.resolve("int8.onnx");
        assertThat(elastic("quantize", "--no-cache", "-o", int8, model, folder.resolve("picture0.png")))
                .as(run.err())
                .isZero();
        assertThat(OnnxModel.read(int8).graph().nodes(OpType.EXPAND)).isNotEmpty();
    }

    @Test
    void anotherOperatorSetIsRefused() {
        assertThat(elastic("convert", "--compatible", "--opset", "17", "-o", folder.resolve("a.onnx"), checkpoint))
                .isEqualTo(2);
        assertThat(run.err())
                .contains("--opset is chosen by --compatible; leave it out")
                .hasLineCount(1);
        assertThat(elastic("convert", "--compatible", "-o", folder.resolve("a.safetensors"), checkpoint))
                .isEqualTo(2);
        assertThat(run.err()).contains("leave out --compatible").hasLineCount(1);
    }

    private int elastic(Object... words) {
        run = CommandRun.of(words);
        return run.exitCode();
    }
}
