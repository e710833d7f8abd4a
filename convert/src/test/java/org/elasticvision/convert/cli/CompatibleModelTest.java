package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic convert --compatible}; that other programs read the models is checked by {@code ci/compatible-peers.sh}. */
class CompatibleModelTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path checkpoint;
    private Path model;

    @BeforeEach
    void convertASegmenterOfAnOddSize() throws IOException {
        checkpoint = CheckpointFiles.tiny(folder.resolve("tiny.pth"), Task.SEGMENTATION, 5);
        model = folder.resolve("compatible.onnx");
        assertThat(elastic("convert", "--compatible", "--input-size", "65x90", "-o", model, checkpoint))
                .as(err.toString())
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
                    .as(err.toString())
                    .isZero();
        }
        Pictures.write(folder, 2);
        Path int8 = folder.resolve("int8.onnx");
        assertThat(elastic("quantize", "--no-cache", "-o", int8, model, folder.resolve("picture0.png")))
                .as(err.toString())
                .isZero();
        assertThat(OnnxModel.read(int8).graph().nodes(OpType.EXPAND)).isNotEmpty();
    }

    @Test
    void anotherOperatorSetIsRefused() {
        assertThat(elastic("convert", "--compatible", "--opset", "17", "-o", folder.resolve("a.onnx"), checkpoint))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--opset is chosen by --compatible; leave it out")
                .hasLineCount(1);
        assertThat(elastic("convert", "--compatible", "-o", folder.resolve("a.safetensors"), checkpoint))
                .isEqualTo(2);
        assertThat(err.toString()).contains("leave out --compatible").hasLineCount(1);
    }

    private int elastic(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
    }
}
