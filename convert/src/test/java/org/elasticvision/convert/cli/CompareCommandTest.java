package org.elasticvision.convert.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** {@code elastic compare} as a person runs it. */
class CompareCommandTest {
    private static final int CLASSES = 4;

    @TempDir
    Path folder;

    private CommandRun run;
    private Path model;
    private Path half;
    private Path pictures;

    @BeforeEach
    void writeModelsAndPictures() throws IOException {
        model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, CLASSES);
        OnnxModel read = OnnxModel.read(model);
        half = folder.resolve("half.onnx");
        new OnnxModel(
                        Passes.FP16.run(read.graph()),
                        read.opset(),
                        ModelInfo.fromMetadata("", read.metadata())
                                .withPrecision("fp16")
                                .toMetadata())
                .write(half);
        pictures = Files.createDirectories(folder.resolve("data/val/0"));
        for (int i = 1; i < CLASSES; i++) {
            Files.createDirectories(folder.resolve("data/val/" + i));
        }
        Pictures.write(pictures, 3);
    }

    @Test
    void eachModelHasARowForEachEngineAndTheFirstIsWhatAllAreComparedWith() throws IOException {
        Path csv = folder.resolve("table.csv");
        Path data = folder.resolve("data");
        assertThat(compare(model, half, "--provider", "cpu,onednn", "--provider=cpu", "--data", data, "-o", csv))
                .as(run.err())
                .isZero();
        List<List<String>> rows = Files.readAllLines(csv).stream()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        assertThat(rows.get(0))
                .containsExactly(
                        "model",
                        "engine",
                        "precision",
                        "MB",
                        "p50 ms",
                        "p99 ms",
                        "images/s",
                        "top-1 accuracy %",
                        "max error",
                        "SNR dB",
                        "same top-1 %");
        assertThat(rows).hasSize(5);
        assertThat(rows.subList(1, 5))
                .extracting(row -> row.get(1) + " " + row.get(2))
                .containsExactly("cpu fp32", "onednn fp32", "cpu fp16", "onednn fp16");
        assertThat(rows.get(1).subList(8, 11)).containsOnly("");
        assertThat(number(rows.get(2), 9)).isGreaterThan(80).isGreaterThan(number(rows.get(3), 9));
        assertThat(number(rows.get(3), 8)).isPositive();
        for (List<String> row : rows.subList(1, 5)) {
            assertThat(number(row, 3)).isEqualTo(Files.size(Path.of(row.get(0))) / 1e6);
            assertThat(number(row, 5)).isGreaterThanOrEqualTo(number(row, 4));
            assertThat(number(row, 6)).isPositive();
        }
        assertThat(elastic("evaluate", "--provider", "cpu", model, data)).isZero();
        String error = run.out().replaceFirst("(?s).*?Err@1\\s+([0-9.]+).*", "$1");
        assertThat(number(rows.get(1), 7)).isEqualTo(100 - Double.parseDouble(error));
    }

    @Test
    void aFloat32ModelHasARowForEachPrecisionThatItIsComputedIn() throws IOException {
        assumeThat(CpuFeatures.current().multipliesBfloat16())
                .as("this processor multiplies bfloat16")
                .isTrue();
        Path csv = folder.resolve("table.csv");
        assertThat(compare(model, half, "--provider", "cpu,onednn", "--inference-precision", "fp32,bf16", "-o", csv))
                .as(run.err())
                .isZero();
        List<List<String>> rows = Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        assertThat(rows)
                .extracting(row -> row.get(1) + ", " + row.get(2))
                .containsExactly("cpu, fp32", "onednn, fp32", "onednn in bf16, fp32", "cpu, fp16", "onednn, fp16");
        assertThat(number(rows.get(2), 8)).as("dB").isLessThan(number(rows.get(1), 8));
    }

    private static double number(List<String> row, int column) {
        return Double.parseDouble(row.get(column));
    }

    @Test
    void theTableIsMarkdownAndAPageOfItsOwn() throws IOException {
        Path page = folder.resolve("new/table.html");
        assertThat(compare(model, model, "--provider", "cpu", "-o", page))
                .as(run.err())
                .isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).matches("\\| model +\\| engine \\| precision \\|  MB \\|.*same top-1 % \\|");
        assertThat(lines.get(1))
                .matches("\\| -+ \\| -+ \\| -+ \\| -+: \\|.*-: \\|")
                .hasSameSizeAs(lines.get(0));
        assertThat(lines.get(2)).startsWith("| " + model).endsWith(" - |").hasSameSizeAs(lines.get(0));
        assertThat(lines.get(3)).contains(" exact ").contains("100.00").hasSameSizeAs(lines.get(0));
        assertThat(run.out()).contains("- latency of calls with 1 image").contains("errors beside " + model);
        assertThat(Files.readString(page))
                .contains("<td>" + model + "</td>")
                .contains("<td class=\"number\">exact</td>")
                .doesNotContain("http");
    }

    @Test
    void whatIsNotOfOneNetworkHasNoDistance() {
        Path other = TinyModel.write(folder.resolve("other.onnx"), Task.CLASSIFICATION, CLASSES + 1);
        assertThat(compare(model, other, "--provider", "cpu")).as(run.err()).isZero();
        assertThat(run.out().lines().skip(3)).first().asString().matches(".* - \\| +- \\| +- \\|");
        Path segmenter = TinyModel.write(folder.resolve("masks.onnx"), Task.SEGMENTATION, CLASSES);
        assertThat(compare(model, segmenter)).isEqualTo(1);
        assertThat(run.err())
                .contains("is for segmentation, but " + model + " is for classification; compare models of one task")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | -o table.txt   | does not say in what form; name a file .md, .csv or .html",
                "2 | --provider x,y | unknown provider 'x'",
                "2 | --inference-precision=int8 | 'int8' is not fp32, bf16, fp16 or auto",
                "2 | --provider=cpu --inference-precision=bf16 | --inference-precision is for --provider auto, onednn or a",
                "2 | --goal speed   | 'speed' is not latency or throughput",
                "2 | --limit 3      | --limit is about --data, which is not given; leave it out",
                "2 | --duration 0s  | --duration must be more than 0",
                "1 | --images none  | none",
                "1 | --data none    | none"
            })
    void wrongOptionsAreSaidBeforeTheWork(int code, String options, String message) {
        List<Object> words = new ArrayList<>(List.of("compare", model));
        words.addAll(List.of(options.split(" ")));
        assertThat(elastic(words.toArray())).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aModelIsNotWrittenOver() throws IOException {
        Path named = Files.copy(model, folder.resolve("model.md"));
        assertThat(compare(named, "-o", named)).isEqualTo(2);
        assertThat(run.err()).contains("is a model itself; name another file");
        assertThat(named).hasSameBinaryContentAs(model);
    }

    private int compare(Object... words) {
        List<Object> all = new ArrayList<>(List.of("compare", "--duration=50ms", "--warmup=0ms", "--images", pictures));
        all.addAll(List.of(words));
        return elastic(all.toArray());
    }

    private int elastic(Object... words) {
        run = CommandRun.of(words);
        return run.exitCode();
    }
}
