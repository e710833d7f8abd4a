package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InspectCommandTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatTheModelIs() {
        CommandRun run = CommandRun.of("inspect", TestModels.classifier(folder, -1));
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines().subList(1, 9))
                .containsExactly(
                        "Task           classification, 3 classes",
                        "Architecture   colors",
                        "Precision      fp32",
                        "Input          float32 [N, 3, 4, 4], RGB",
                        "Output         float32 [N, 3]",
                        "Preprocessing  short side to 4 (bilinear), centre cut to 4x4; (pixel / 255 - mean) / std,"
                                + " mean 0.0 0.0 0.0, std 1.0 1.0 1.0",
                        "Checkpoint     SHA-256 " + "ab".repeat(32),
                        "Made by        elastic 1.2.3");
    }

    @Test
    void saysWhatIsTakenAndWhy() {
        Path model = TestModels.classifier(folder, -1);
        assertThat(CommandRun.of("inspect", model).outLines().get(9))
                .matches("Runs in        (ONNX Runtime \\(--provider cpu\\)|oneDNN \\(--provider onednn\\)): .{10,}");
        JsonObject choice = JsonParser.parseString(
                        CommandRun.of("inspect", "--json", model).out())
                .getAsJsonObject()
                .getAsJsonObject("choice");
        assertThat(choice.get("provider").getAsString()).isIn("cpu", "onednn");
        assertThat(CommandRun.of("inspect", "--provider", "cpu", model).out()).doesNotContain("Runs in");
    }

    @Test
    void jsonHasTheLabels() {
        JsonObject object = JsonParser.parseString(CommandRun.of("inspect", "--json", TestModels.segmenter(folder, 2))
                        .out())
                .getAsJsonObject();
        assertThat(object.get("task").getAsString()).isEqualTo("segmentation");
        assertThat(object.get("input")).hasToString("[2,3,6,8]");
        assertThat(object.getAsJsonArray("labels")).hasSize(3);
        assertThat(object.getAsJsonObject("preprocessing").get("fit").getAsString())
                .isEqualTo("pad");
        assertThat(object.getAsJsonObject("preprocessing").has("resize")).isFalse();
    }

    /** Here no images follow. */
    @Test
    void anImageIsNotAModel() throws IOException {
        Path photo = Files.write(folder.resolve("photo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        CommandRun run = CommandRun.of("inspect", photo);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .containsExactly(
                        "elastic: " + photo + " is an image, not a model; the model comes first, then the images"
                                + " where a command takes them: give an .onnx or .engine file here");
    }

    @Test
    void theCheckForTensorRtSaysWhichModuleItNeeds() {
        CommandRun run = CommandRun.of("inspect", "--tensorrt", TestModels.classifier(folder, 1));
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("elastic: --tensorrt needs the convert module")
                .contains("elasticvision-convert");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
