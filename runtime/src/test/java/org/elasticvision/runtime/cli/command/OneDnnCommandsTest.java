package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
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

    @Test
    void inspectShowsTheModel() {
        CommandRun run = run("inspect --provider onednn " + TestModels.classifier(folder, -1));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Input          float32 [N, 3, 4, 4], RGB")
                .contains("Output         float32 [N, 3]");
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
                .extracting(node -> node.getAsJsonObject().get("node").getAsString())
                .contains("pooled", "logits");
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
    void anOperatorThatItDoesNotHaveIsOneLine() {
        Path model = TestModels.write(
                folder.resolve("odd.onnx"),
                Task.CLASSIFICATION,
                TestModels.classification(1, 4).node(OnnxParts.node("Softplus", "logits", "odd")),
                TestModels.cropTo(4));
        for (String command : new String[] {"inspect --provider onednn ", "benchmark --provider onednn "}) {
            CommandRun run = run(command + model);
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
