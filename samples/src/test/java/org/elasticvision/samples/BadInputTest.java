package org.elasticvision.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The samples as processes of their own: one line that says what is wrong, and an exit code that says that something is. */
class BadInputTest {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    @TempDir
    static Path folder;

    private static Map<String, Path> models;

    private record Run(int exitCode, List<String> out, List<String> err) {}

    @BeforeAll
    static void write() throws IOException {
        Path classifier = TestModels.classifier(folder, TensorShape.ANY);
        Path segmenter = TestModels.segmenter(folder, 1);
        models = Map.of(
                "ClassifyPhoto", classifier,
                "ClassifyFolder", classifier,
                "LabelPhoto", TestModels.multiLabel(folder, 1),
                "SegmentPhoto", segmenter,
                "SegmentVideo", segmenter);
        Files.writeString(folder.resolve("text.onnx"), "no model");
        Files.writeString(folder.resolve("text.jpg"), "no image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClassifyPhoto", "ClassifyFolder", "LabelPhoto", "SegmentPhoto", "SegmentVideo"})
    void somethingIsMissing(String sample) throws Exception {
        assertFails(sample, WRONG_USE, "usage: " + sample + " MODEL ");
        List<Object> last = sample.startsWith("Segment") ? List.of(folder.resolve("out")) : List.of();
        assertFails(sample, FAILED, "none.onnx does not exist", folder.resolve("none.onnx"), "x", last);
        assertFails(sample, FAILED, "none does not exist", models.get(sample), folder.resolve("none"), last);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void somethingIsNotWhatItShouldBe() throws Exception {
        Path text = folder.resolve("text.jpg");
        assertFails("ClassifyPhoto", FAILED, "text.onnx is not an ONNX model", folder.resolve("text.onnx"), text);
        assertFails("ClassifyPhoto", FAILED, "is a segmentation model, not one", models.get("SegmentPhoto"), text);
        assertFails(
                "ClassifyPhoto",
                FAILED,
                "text.jpg: this is not an image that can be read",
                models.get("ClassifyPhoto"),
                text);
        assertFails("LabelPhoto", WRONG_USE, "'dog' is not a threshold", models.get("LabelPhoto"), text, "dog");
        assertFails("SegmentVideo", WRONG_USE, "usage: ", models.get("SegmentVideo"), text, "y", "all");
    }

    private static void assertFails(String sample, int exitCode, String message, Object... arguments)
            throws IOException, InterruptedException {
        Run run = run(sample, arguments);
        assertThat(run.err()).singleElement().asString().contains(message);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private static Run run(String sample, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.elasticvision.samples." + sample));
        for (Object argument : arguments) {
            List<?> some = argument instanceof List<?> list ? list : List.of(argument);
            some.forEach(one -> command.add(one.toString()));
        }
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Run(exitCode, lines(out), lines(err));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    }
}
