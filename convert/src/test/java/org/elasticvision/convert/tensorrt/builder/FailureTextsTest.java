package org.elasticvision.convert.tensorrt.builder;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What TensorRT says, in one line that helps. */
class FailureTextsTest {
    private static final Path FILE = Path.of("net.onnx");

    @Test
    void theParsersFirstProblemNamesTheNode() {
        List<ParserProblem> problems = List.of(
                new ParserProblem("Assertion failed:\n  no such mode", 17, "layer1.0.up", "Resize"),
                new ParserProblem("follows", 18, "layer1.0.add", "Add"));
        assertThat(ParserProblem.refusal(FILE, problems, List.of()))
                .hasMessage("net.onnx: TensorRT's parser refuses node 'layer1.0.up' (Resize, number 17): Assertion"
                        + " failed: no such mode, and 1 more; convert the checkpoint again with this version, and report"
                        + " it if that does not help");
    }

    @Test
    void aParserThatNamesNoNode() {
        assertThat(ParserProblem.refusal(FILE, List.of(new ParserProblem("cut off", -1, "", "")), List.of()))
                .hasMessageStartingWith("net.onnx: TensorRT's parser refuses it: cut off; ");
        assertThat(ParserProblem.refusal(FILE, List.of(new ParserProblem("bad", 3, "", "Conv")), List.of()))
                .hasMessageContaining("node without a name (Conv, number 3): bad");
        assertThat(ParserProblem.refusal(FILE, List.of(), List.of("first", "second")))
                .hasMessageContaining("refuses it (first)");
    }

    @Test
    void missingMemoryHasItsOwnRemedy() {
        assertThat(BuildFailure.of(
                        FILE, "cannot build an engine", List.of("Error Code 2: OutOfMemory (Requested size was 1)")))
                .hasMessageContaining("build for a smaller batch")
                .hasMessageContaining("(TensorRT: Error Code 2: OutOfMemory");
    }

    @Test
    void aMissingBuilderResourceIsNamedWithWhatBringsIt() {
        String said = "IBuilder::buildSerializedNetwork: Error Code 6: API Usage Error (Unable to load library:"
                + " libnvinfer_builder_resource_sm90.so.10.15.1: cannot open shared object file)";
        assertThat(BuildFailure.of(FILE, "cannot build an engine", List.of(said)))
                .hasMessageContaining("libnvinfer_builder_resource_sm90.so.10.15.1")
                .hasMessageContaining("libnvinfer10=10.15.1")
                .hasMessageNotContaining("--level");
    }

    @Test
    void otherFailuresSayTheFirstError() {
        assertThat(BuildFailure.of(FILE, "cannot build an engine", List.of("no\nkernel", "so no engine")))
                .hasMessage("net.onnx: TensorRT cannot build an engine (no kernel); try another --level, and report it"
                        + " if that does not help");
        assertThat(BuildFailure.of(FILE, "cannot build an engine", List.of()))
                .hasMessageContaining("(it does not say why)");
        assertThat(BuildFailure.oneLine("x".repeat(1000))).hasSize(300).endsWith("...");
    }
}
