package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.convert.precision.Pictures;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code elastic quantize}, and {@code elastic verify} with two models, as a person runs them. */
class QuantizeCommandTest {
    private static final int CLASSES = 4;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path pictures;

    @BeforeEach
    void writeModelAndPictures() throws IOException {
        model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, CLASSES);
        pictures = Files.createDirectory(folder.resolve("pictures"));
        Pictures.write(pictures, 6);
    }

    @Test
    void aModelIsQuantizedAndComparedWithPicturesThatItHasNotSeen() throws IOException {
        assertThat(quantize("--images", "4")).as(err.toString()).isZero();
        Path int8 = folder.resolve("tiny.int8.onnx");
        assertThat(out.toString())
                .contains(int8 + ": resnext_tiny_elastic, int8 for cpu, ")
                .contains("on 2 images that it has not seen:")
                .contains("top-1 agrees");
        try (Model<?> opened = Model.open(int8)) {
            assertThat(opened.info().precision()).isEqualTo("int8");
        }
    }

    @Test
    void oneCalibrationServesBothTargetsAndAllCalibrators() {
        assertThat(quantize()).as(err.toString()).isZero();
        assertThat(out.toString()).doesNotContain("calibrated before").contains("that it was calibrated with");
        assertThat(quantize("--target", "tensorrt", "--calibrator", "entropy"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("calibrated before with these 6 images");
        assertThat(folder.resolve("tiny.int8-tensorrt.onnx")).isRegularFile();
        assertThat(folder.resolve("cache").toFile().list()).hasSize(1);
    }

    @Test
    void ofOneImageItSpeaksInTheSingular() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Pictures.write(one, 1);
        pictures = one;
        assertThat(quantize()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("on 1 image that it was calibrated with:");
        assertThat(quantize()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("calibrated before with this image: ");
    }

    @Test
    void theViewOfPhotosTravels() {
        assertThat(quantize("--exif", "ignore")).as(err.toString()).isZero();
        assertThat(view()).isEqualTo(View.STORED);
        assertThat(quantize("--exif", "apply")).as(err.toString()).isZero();
        assertThat(out.toString()).doesNotContain("calibrated before");
        assertThat(view()).isEqualTo(View.UPRIGHT);
        assertThat(quantize()).isZero();
        assertThat(view()).isEqualTo(View.UNSTATED);
        assertThat(quantize("--exif", "sideways")).isEqualTo(2);
        assertThat(err.toString()).contains("'sideways' must be one of apply, ignore");
    }

    private View view() {
        try (Model<?> opened = Model.open(folder.resolve("tiny.int8.onnx"))) {
            return opened.info().preprocessing().view();
        }
    }

    @Test
    void theReportHasEachLayer() throws IOException {
        Path page = folder.resolve("report.html");
        assertThat(quantize("--report", page.toString())).as(err.toString()).isZero();
        assertThat(Files.readString(page))
                .contains("<td>layer1.0.add</td>")
                .contains("No layer is bad")
                .contains(" dB")
                .doesNotContain("http");
    }

    @Test
    void weightsThatALinkOutOfTheFolderLeadsToAreRefused() throws IOException {
        Path apart = Files.createDirectory(folder.resolve("apart")).resolve("apart.onnx");
        Path weights = RewrittenModel.withWeightsApart(model, apart, "data");
        Files.move(weights, folder.resolve("elsewhere"));
        Files.createSymbolicLink(weights, Path.of("../elsewhere"));
        assertThat(quantizeModel(apart)).isEqualTo(1);
        assertThat(err.toString()).contains("its weights are in 'data', a link out of its folder; copy the file there");
        assertThat(apart.resolveSibling("apart.int8.onnx")).doesNotExist();
    }

    /** ONNX calls it external data. */
    @Test
    void weightsInAFileOfTheirOwnAreReadAndMissedAndCount() throws IOException {
        Path apart = folder.resolve("apart.onnx");
        Path weights = RewrittenModel.withWeightsApart(model, apart, "apart.onnx.data");
        assertThat(quantizeModel(apart)).as(err.toString()).isZero();
        assertThat(folder.resolve("apart.int8.onnx")).isRegularFile();
        assertThat(quantizeModel(apart)).isZero();
        assertThat(out.toString()).contains("calibrated before");

        byte[] others = Files.readAllBytes(weights);
        others[others.length - 2] ^= 1; // of the last weight's mantissa
        Files.write(weights, others);
        assertThat(quantizeModel(apart)).isZero();
        assertThat(out.toString()).doesNotContain("calibrated before");

        Files.write(weights, Arrays.copyOf(others, others.length - 4));
        assertThat(quantizeModel(apart)).isEqualTo(1);
        assertThat(err.toString()).contains("are not all in apart.onnx.data, which is cut off");
        Files.delete(weights);
        assertThat(quantizeModel(apart)).isEqualTo(1);
        assertThat(err.toString())
                .contains("elastic: " + apart + ": its weights are in apart.onnx.data, which does not exist beside it");
    }

    @Test
    void answersThatAreNotNumbersStopIt() throws IOException {
        Path broken = RewrittenModel.withNotANumber(model, folder.resolve("broken.onnx"), "fc.bias");
        assertThat(quantizeModel(broken)).isEqualTo(1);
        assertThat(err.toString())
                .contains("the network produces values that are not numbers, at its output; it cannot be quantized");
        assertThat(folder.resolve("broken.int8.onnx")).doesNotExist();
    }

    @Test
    void whatOnnxRuntimeDoesNotRunIsRefusedBeforeTheWork() throws IOException {
        Path newer = RewrittenModel.withIrVersion(model, folder.resolve("newer.onnx"), 99);
        assertThat(quantizeModel(newer)).isEqualTo(1);
        assertThat(err.toString()).contains("was written for a newer ONNX");
        assertThat(folder.resolve("newer.int8.onnx")).doesNotExist();
    }

    @Test
    void aCacheThatCannotBeMadeCostsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("a file"), "in the way");
        String cache = file.resolve("cache").toString();
        assertThat(elastic("quantize", model.toString(), pictures.toString(), "--cache", cache))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("the calibration is not kept for the next time: " + cache + " cannot be made");
        assertThat(folder.resolve("tiny.int8.onnx")).isRegularFile();
    }

    private int quantizeModel(Path file) {
        return elastic(
                "quantize",
                file.toString(),
                pictures.toString(),
                "--cache",
                folder.resolve("cache").toString());
    }

    @Test
    void layersAreNamedAndTheFirstBadOneIsFound() {
        assertThat(quantize("--exclude", "fc,layer1.*", "--weights", "seven-bits"))
                .as(err.toString())
                .isZero();
        String int8 = folder.resolve("tiny.int8.onnx").toString();
        assertThat(elastic("verify", model.toString(), int8, "--layers", "--data", pictures.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("layer1\\.0\\.conv3_d +Conv +\\d+\\.\\d dB\n")
                .contains("no layer is bad")
                .contains("on 6 images:")
                .contains("agrees with");
        assertThat(elastic("verify", model.toString(), int8, "--tolerance", "1e-6"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("differs from");
    }

    @Test
    void aModelBesideItselfIsExact() {
        assertThat(elastic("verify", model.toString(), model.toString(), "--layers", "--data", pictures.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("max error     0.00")
                .contains("exact")
                .doesNotContain("bad\n");
    }

    /** Labelled by what the float32 model answers, so that it is always right, and int8 sometimes not. */
    @Test
    void layersAreLeftInFloatUntilNoMoreIsLostThanMayBe() throws IOException {
        Path data = labelled();
        assertThat(quantize("--auto", "--max-drop", "0", "--data", data.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("0 layers in float: .* \\d+\\.\\d\\d %")
                .containsPattern("of 6 images: fp32 100\\.00 %, int8 100\\.00 %, \\d+ layers in float");
    }

    @Test
    void theSearchSaysWhatAReducedPrecisionCosts() throws IOException {
        Path data = labelled();
        assertThat(quantize(
                        "--auto",
                        "--max-drop",
                        "100",
                        "--data",
                        data.toString(),
                        "--provider",
                        "onednn",
                        "--inference-precision",
                        "auto"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern(
                        "of 6 images: fp32 100\\.00 %, auto \\d+\\.\\d\\d %, int8 with auto \\d+\\.\\d\\d %, 0 layers");
    }

    @Test
    void verifySaysWhatAReducedPrecisionCosts() {
        String[] same = {"verify", model.toString(), model.toString(), "--provider", "onednn"};
        assertThat(elastic(same)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("on 4 made-up pictures:").doesNotContain("and in fp32");
        String[] reduced = Arrays.copyOf(same, same.length + 2);
        reduced[same.length] = "--inference-precision";
        reduced[same.length + 1] = "auto";
        assertThat(elastic(reduced)).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "on 4 made-up pictures:",
                        "max error",
                        "and in fp32, without what --inference-precision costs:",
                        "max error",
                        "top-1 agrees  100.00 %");
    }

    private Path labelled() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < CLASSES; i++) {
            Files.createDirectories(data.resolve("val").resolve(Integer.toString(i)));
        }
        assertThat(elastic("predict", "--json", model.toString(), pictures.toString()))
                .isZero();
        String[] answers = out.toString().strip().split("\n");
        for (int i = 0; i < answers.length; i++) {
            String label = answers[i].replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1");
            Files.copy(
                    pictures.resolve("picture" + i + ".png"),
                    data.resolve("val").resolve(label).resolve(i + ".png"));
        }
        return data;
    }

    @Test
    void wrongUseIsSaidInOneLine() throws IOException {
        assertFails(2, "--images 0 must be at least 1", "--images", "0");
        assertFails(2, "--auto needs --data", "--auto");
        assertFails(2, "--data is for --auto", "--data", folder.toString());
        assertFails(2, "--max-drop is for --auto; leave it out", "--max-drop", "1");
        assertFails(2, "--limit is for --auto; leave it out", "--limit", "5");
        assertFails(2, "--provider says what runs the models that --auto measures", "--provider", "onednn");
        assertFails(2, "--inference-precision says what runs the models", "--inference-precision", "bf16");
        assertFails(
                2,
                "--inference-precision is for --provider auto or onednn",
                "--auto",
                "--data",
                folder.toString(),
                "--provider",
                "cpu",
                "--inference-precision",
                "bf16");
        assertFails(2, "--cache says where measurements are kept, and with --no-cache none are", "--no-cache");
        assertFails(2, "is the fp32 model itself", "-o", model.toString());
        assertFails(2, "--report " + model + " is the fp32 model itself", "--report", model.toString());
        assertFails(2, "is written by -o too", "-o", folder + "/q.onnx", "--report", folder + "/./q.onnx");
        assertFails(1, "is a file, not a folder", "--report", model + "/page.html");
        assertFails(2, "'six-bits' is not a form of weights", "--weights", "six-bits");
        assertFails(1, "no layer and no operator is called nothing.*", "--exclude", "nothing.*");
        assertFails(1, "nothing is left to quantize", "--exclude", "*", "-o", folder + "/new/q.onnx");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("tiny.int8.onnx")).doesNotExist();
        Files.writeString(pictures.resolve("picture3.png"), "no picture");
        assertFails(1, "picture3.png");
        assertThat(folder.resolve("tiny.int8.onnx")).doesNotExist();
    }

    @Test
    void whatIsQuantizedAlreadyIsRefused() throws IOException {
        assertThat(quantize()).isZero();
        Path int8 = folder.resolve("tiny.int8.onnx");
        assertThat(elastic("quantize", int8.toString(), pictures.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is int8 already; quantize the fp32 model");
        Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
        assertThat(elastic("quantize", text.toString(), pictures.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("text.onnx: ").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--data %s --pictures 3 | --pictures is about made-up pictures, and --data gives others",
                "--data %s --seed 3     | --seed is about made-up pictures, and --data gives others",
                "--images 3             | --images says how many of --data, which is not given",
            })
    void verifyRefusesWhatWouldDoNothing(String options, String message) {
        List<String> words = new ArrayList<>(List.of("verify", model.toString(), model.toString()));
        words.addAll(List.of(String.format(options, pictures).split(" ", -1)));
        assertThat(elastic(words.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(message + "; leave it out").hasLineCount(1);
    }

    private void assertFails(int code, String message, String... options) {
        err.getBuffer().setLength(0);
        assertThat(quantize(options)).isEqualTo(code);
        assertThat(err.toString()).contains(message).hasLineCount(1);
    }

    private int quantize(String... options) {
        List<String> arguments = new ArrayList<>(List.of("quantize", model.toString(), pictures.toString()));
        arguments.addAll(List.of("--cache", folder.resolve("cache").toString()));
        arguments.addAll(List.of(options));
        return elastic(arguments.toArray(String[]::new));
    }

    private int elastic(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
