package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.elasticvision.runtime.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BenchmarkCommandTest {
    @TempDir
    Path folder;

    private CommandRun benchmark(Path model, String options) {
        return CommandRun.of((Object[])
                ("benchmark " + model + " --warmup 10ms --duration 100ms --threads 2 " + options).split(" "));
    }

    @Test
    void measuresWithItsOwnPictures() {
        CommandRun run = benchmark(TestModels.classifier(folder, -1), "--callers 2 --fast-decode --provider cpu");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("(colors, fp32)")
                .contains("by 2 at a time, 1 thread(s) a call, cpu, batch 1, about 16 images of 500x375")
                .containsPattern("Throughput +[0-9.]+ images/s")
                .containsPattern("Latency +p50 [0-9.]+ +p90 [0-9.]+ +p99 [0-9.]+ +max [0-9.]+ ms")
                .containsPattern("Stages +decode [0-9.]+ +preprocess [0-9.]+ +inference [0-9.]+ +postprocess [0-9.]+")
                .doesNotContain("Operator");
    }

    @Test
    void jsonAddsUp() {
        JsonObject object = JsonParser.parseString(
                        benchmark(TestModels.segmenter(folder, 2), "--json --goal throughput")
                                .out())
                .getAsJsonObject();
        assertThat(object.get("callers").getAsInt()).isEqualTo(2);
        assertThat(object.get("threadsPerCall").getAsInt()).isEqualTo(1);
        assertThat(object.get("goal").getAsString()).isEqualTo("throughput");
        assertThat(object.get("batch").getAsInt()).isEqualTo(2);
        long images = object.get("images").getAsLong();
        assertThat(images).isPositive().isEven();
        JsonObject latency = object.getAsJsonObject("latency");
        long calls = 0;
        for (JsonElement bar : latency.getAsJsonArray("histogram")) {
            calls += bar.getAsJsonObject().get("calls").getAsLong();
        }
        assertThat(calls).isEqualTo(images / 2);
        assertThat(number(latency, "min"))
                .isPositive()
                .isLessThanOrEqualTo(number(latency, "p50"))
                .isLessThanOrEqualTo(number(latency, "mean") + number(latency, "max"));
        assertThat(number(latency, "p50")).isLessThanOrEqualTo(number(latency, "p90"));
        assertThat(number(latency, "p90")).isLessThanOrEqualTo(number(latency, "p99"));
        assertThat(number(latency, "p99")).isLessThanOrEqualTo(number(latency, "max"));
        JsonObject stages = object.getAsJsonObject("stages");
        for (String stage : new String[] {"decode", "preprocess", "inference", "postprocess"}) {
            assertThat(number(stages, stage)).isBetween(0.0, number(latency, "max"));
        }
        assertThat(number(object, "coldStart")).isGreaterThan(number(object, "firstAnswer"));
        assertThat(object.getAsJsonObject("machine").get("cores").getAsInt()).isPositive();
        assertThat(object.get("coldStartOf").getAsString()).isEqualTo("this process");
        assertThat(object.has("nodes")).isFalse();
    }

    private static double number(JsonObject object, String name) {
        return object.get(name).getAsDouble();
    }

    @Test
    void profilesNodes() {
        CommandRun run = benchmark(TestModels.classifier(folder, -1), "--profile --json --provider cpu");
        assertThat(JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("nodes"))
                .extracting(node -> node.getAsJsonObject().get("operator").getAsString())
                .contains("GlobalAveragePool", "Gemm");
        assertThat(benchmark(TestModels.classifier(folder, -1), "--profile --provider cpu")
                        .out())
                .containsPattern("GlobalAveragePool +1 ")
                .containsPattern("Node +operator");
    }

    @Test
    void writesAPageThatNeedsNothingElse() throws IOException {
        Path page = folder.resolve("speed.html");
        CommandRun run = benchmark(TestModels.classifier(folder, -1), "--profile --provider cpu --report " + page);
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("<title>classifier.onnx", "<svg", "p99", "GlobalAveragePool", "images/s")
                .doesNotContain("{{", "http:", "https:", "<script", "NaN");
    }

    @Test
    void asksAboutImagesOfAFolder() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.write(images.resolve("one.jpg"), SamplePictures.jpegs(1).get(0).content());
        CommandRun run = benchmark(TestModels.classifier(folder, -1), "--images " + images);
        assertThat(run.out()).contains("about 1 image\n");
        Files.write(images.resolve("two.jpg"), new byte[] {1, 2, 3});
        CommandRun broken = benchmark(TestModels.classifier(folder, -1), "--callers 2 --images " + images);
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.errLines()).hasSize(1);
        assertThat(broken.err()).contains("two.jpg: this is not an image that can be read");
    }

    @ParameterizedTest
    @CsvSource({
        "--duration 5x, '''5x'' is not a time such as 500ms, 20s or 2m'",
        "--duration 0s, --duration must be more than 0 and at most 24 hours",
        "--callers 0, callers 0 must be between 1 and 1024",
        "--goal fast, '--goal: ''fast'' is not latency or throughput'",
    })
    void refusesWhatMakesNoSense(String options, String message) {
        CommandRun run = CommandRun.of((Object[]) ("benchmark model.onnx " + options).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(message);
    }

    @Test
    void refusesAModelThatIsNotThere() {
        CommandRun run = benchmark(folder.resolve("no.onnx"), "");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no.onnx does not exist");
    }

    @Test
    void saysBeforeItMeasuresWhatCannotBeDone() throws IOException {
        Path engine = Files.writeString(folder.resolve("m.engine"), "ftrt");
        CommandRun profile = benchmark(engine, "--profile");
        assertThat(profile.exitCode()).isEqualTo(1);
        assertThat(profile.err()).contains("m.engine is a TensorRT engine, which cannot be measured node by node");
        Path model = TestModels.classifier(folder, -1);
        CommandRun page = benchmark(model, "--report " + engine.resolve("page.html"));
        assertThat(page.exitCode()).isEqualTo(1);
        assertThat(page.out()).isEmpty();
        assertThat(page.err()).contains("page.html: cannot be written: " + engine + " is a file, not a folder");
        CommandRun itself = benchmark(model, "--report " + model);
        assertThat(itself.exitCode()).isEqualTo(2);
        assertThat(itself.err()).contains("--report " + model + " is the model itself; name another file");
    }
}
