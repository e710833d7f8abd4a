package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.cli.CommandRun;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.onednn.OneDnnRequirements;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code --provider onednn} on the command line. */
class OneDnnCommandsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    private static CommandRun run(String line) {
        return CommandRun.of((Object[]) line.split(" "));
    }

    private CommandRun benchmark(Path model, String options) {
        return run("benchmark " + model + " --provider onednn --warmup 10ms --duration 100ms --threads 1 " + options);
    }

    private Path photo() throws IOException {
        Path photo = folder.resolve("photo.png");
        ImageIO.write(TestModels.plain(9, 7, 0x0033FF), "png", photo.toFile());
        return photo;
    }

    @Test
    void predictAnswersAsOnTheOtherEngine() throws IOException {
        String rest = TestModels.classifier(folder, -1) + " " + photo();
        CommandRun run = run("predict --provider onednn --inference-precision fp32 " + rest);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .isEqualTo(run("predict --provider cpu " + rest).outLines());
        assertThat(run.outLines().get(1)).isEqualTo("  100.0 %  blue");
    }

    @Test
    void benchmarkMeasures() {
        CommandRun run = benchmark(TestModels.segmenter(folder, -1), "");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 thread(s) a call, onednn").containsPattern("Throughput +[0-9.]+ images/s");
    }

    @Test
    void benchmarkProfilesTheStepsOfTheNetwork() {
        CommandRun run = benchmark(TestModels.classifier(folder, -1), "--profile --json --goal throughput");
        assertThat(run.err()).isEmpty();
        JsonObject object = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(object.getAsJsonArray("nodes"))
                .extracting(node -> node.getAsJsonObject().get("name").getAsString())
                .contains("pooled", "logits");
    }

    @Test
    void benchmarkSaysWhatWasTakenAndMeasuresThat() {
        CommandRun run = run("benchmark " + TestModels.classifier(folder, -1)
                + " --warmup 10ms --duration 50ms --threads 1 --profile --json");
        assertThat(run.err()).isEmpty();
        JsonObject object = JsonParser.parseString(run.out()).getAsJsonObject();
        JsonObject choice = object.getAsJsonObject("choice");
        assertThat(object.get("provider")).isEqualTo(choice.get("provider"));
        String library = choice.get("engine").getAsString().equals("oneDNN") ? "onednn" : "onnxRuntime";
        assertThat(object.getAsJsonObject("machine").has(library)).isTrue();
    }

    @Test
    void theDoctorFindsIt() {
        JsonObject report = JsonParser.parseString(run("doctor --json").out()).getAsJsonObject();
        assertThat(report.getAsJsonArray("checks"))
                .map(check -> check.getAsJsonObject())
                .filteredOn(check -> check.get("name").getAsString().equals("oneDNN"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.get("status").getAsString()).isEqualTo("ok");
                    assertThat(check.get("version").getAsString()).matches("\\d+\\.\\d+\\.\\d+");
                    assertThat(check.get("detail").getAsString()).startsWith("int8 with ");
                });
    }

    @Test
    void anOperatorThatItDoesNotHaveIsOneLine() throws IOException {
        Path model = TestModels.write(
                folder.resolve("odd.onnx"),
                Task.CLASSIFICATION,
                TestModels.classification(1, 4).node(OnnxParts.node("Softplus", "logits", "odd")),
                TestModels.cropTo(4));
        for (String command : List.of("predict " + model + " " + photo(), "benchmark " + model)) {
            CommandRun run = run(command + " --provider onednn");
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .contains(
                            "odd.onnx cannot run in oneDNN: node 'odd' (Softplus) is an operator that this engine does"
                                    + " not have; use --provider cpu");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }
}
