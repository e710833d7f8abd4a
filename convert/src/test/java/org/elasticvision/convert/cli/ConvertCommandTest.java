package org.elasticvision.convert.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.convert.CheckpointFiles;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The commands as a person runs them: arguments in, exit code and text out. */
class ConvertCommandTest {
    private static final Figures FIGURES = PublishedModels.figures("dla60x_elastic");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aCheckpointBecomesAModelThatAnswersAsPublishedAndVerifies() throws IOException {
        Path checkpoint = checkpoint("dla60x_elastic.pth.tar");
        assertThat(elastic("convert", checkpoint.toString())).as(err.toString()).isZero();
        Path model = folder.resolve("dla60x_elastic.onnx");
        assertThat(out.toString())
                .contains("dla60x_elastic.onnx: dla60x_elastic, classification of 1,000 classes, input 224x224");
        try (Classifier classifier = Classifier.open(model)) {
            ModelInfo info = classifier.info();
            assertThat(info.architecture()).isEqualTo("dla60x_elastic");
            assertThat(info.labels()).isEqualTo(Labels.imagenet1k());
            assertThat(info.preprocessing()).isEqualTo(Preprocessing.published(Task.CLASSIFICATION, 224, 224));
            assertThat(info.checkpointSha256()).isEqualTo(sha256(checkpoint));
            assertThat(info.precision()).isEqualTo("fp32");
            float[] logits = classifier
                    .run(new Tensor(
                            new TensorShape(List.of(1, 3, 224, 224)),
                            PublishedModels.golden("input_224").toFloats()))
                    .values();
            double[] expected =
                    PublishedModels.golden("dla60x_elastic.logits64").toDoubles();
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) logits[i]).isEqualTo(expected[i], within(19.12e-5));
            }
        }
        assertThat(elastic("verify", model.toString(), checkpoint.toString(), "--pictures", "1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("top-1 agrees  100.00 %").contains("agrees with");
        assertThat(elastic("verify", model.toString(), checkpoint.toString(), "--tolerance", "0"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("differs from").contains("--tolerance");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("dla60x_elastic.pth.tar", "dla60x_elastic.onnx");
    }

    @Test
    void optionsReachTheModel() throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("resnext50").network(Task.MULTI_LABEL, 3).tensors();
        Path checkpoint = CheckpointFiles.hollow(folder.resolve("mine.pth"), Optional.of("resnext50"), tensors);
        Path labels = Files.writeString(folder.resolve("labels.txt"), "cat\n7\tdog\nbird\n");
        Path model = folder.resolve("out.onnx");
        int code = elastic(
                "convert",
                checkpoint.toString(),
                "-o",
                model.toString(),
                "--task",
                "multilabel",
                "--labels",
                labels.toString(),
                "--input-size",
                "96x160",
                "--batch",
                "2",
                "--opset",
                "17",
                "--arch",
                "resnext50");
        assertThat(code).as(err.toString()).isZero();
        try (Model<?> opened = Model.open(model)) {
            assertThat(opened.info().labels()).extracting("name").containsExactly("cat", "dog", "bird");
            assertThat(opened.info().labels()).extracting("id").containsExactly("cat", "7", "bird");
            assertThat(opened.info().task()).isEqualTo(Task.MULTI_LABEL);
            assertThat(opened.inputShape().dimensions()).containsExactly(2, 3, 96, 160);
            assertThat(opened.outputShape().dimensions()).containsExactly(2, 3);
        }
    }

    @Test
    void weightsAloneConvertToTheSameModel() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("model_ema", weights(2));
        root.put("model", weights(1));
        List<Label> labels = List.of(new Label("n1", "a \"cat\""), new Label("n2", "dog"));
        Preprocessing preprocessing = Preprocessing.published(Task.CLASSIFICATION, 48, 40);
        root.put(
                ModelEntry.KEY,
                ModelEntry.of(Task.CLASSIFICATION, labels, preprocessing).toValues());
        Path checkpoint = folder.resolve("mine.ckpt");
        CheckpointWriter.write(checkpoint, root);
        Path weights = folder.resolve("ema.safetensors");
        assertThat(elastic("convert", checkpoint.toString(), "--entry", "model_ema", "-o", weights.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("weights from 'model_ema'").contains("the weights of a resnext_tiny");
        assertThat(elastic("convert", weights.toString())).as(err.toString()).isZero();
        Path model = folder.resolve("ema.onnx");
        try (Model<?> opened = Model.open(model)) {
            assertThat(opened.info().labels()).isEqualTo(labels);
            assertThat(opened.info().preprocessing()).isEqualTo(preprocessing);
        }
        String[] verify = {"verify", model.toString(), checkpoint.toString(), "--pictures", "1", "--entry"};
        assertThat(elastic(with(verify, "model_ema"))).as(err.toString()).isZero();
        assertThat(elastic(with(verify, "model"))).isEqualTo(1);
        assertThat(elastic("convert", checkpoint.toString())).isZero();
        assertThat(folder.resolve("mine.onnx")).exists();
        assertThat(out.toString()).contains("averaged (EMA) weights are in it too, in 'model_ema'");
        err.getBuffer().setLength(0);
        assertThat(elastic("convert", checkpoint.toString(), "-o", weights.toString(), "--opset", "17"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("writes weights alone: leave out --opset");
    }

    private static String[] with(String[] words, String last) {
        return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
    }

    private static Map<String, Object> weights(int seed) {
        Network network = Architecture.of("resnext_tiny").network(Task.CLASSIFICATION, 2);
        SyntheticWeights synthetic = new SyntheticWeights(network);
        Map<String, Object> weights = new LinkedHashMap<>();
        for (TensorSpec tensor : network.tensors()) {
            float[] values = synthetic.read(tensor.name());
            if (tensor.name().equals("fc.bias")) {
                values[0] += seed;
            }
            weights.put(tensor.name(), SavedTensor.floats(tensor.shape(), () -> values));
        }
        return weights;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--opset 99 | opset 99 must be between 13 and 21",
                "--opset x | opset 'x' must be a number",
                "--batch 0 | batch '0' must be 'dynamic' or a number",
                "--input-size 0x4 | input size 0x4 must be between 8x8",
                "--input-size 1x1 | input size 1x1 must be between 8x8",
                "--input-size 224x7 | input size 224x7 must be between 8x8",
                "--input-size big | must be HEIGHTxWIDTH",
                "--arch vgg | unknown architecture 'vgg': use one of resnext50",
                "--task detection | unknown task 'detection': use one of classification, multilabel, segmentation",
                "-o best.pth.tar | ends as checkpoints do, and would be an ONNX model",
                "--nonsense | unknown option"
            })
    void wrongOptionsAreWrongUsage(String options, String message) {
        Path checkpoint = folder.resolve("no.pth");
        String[] words = ("convert " + checkpoint + " " + options).split(" ", -1);
        assertThat(elastic(words)).isEqualTo(2);
        assertThat(err.toString()).contains(message).contains("convert --help").hasLineCount(1);
    }

    @Test
    void aFailureLeavesNoFileAndSaysOneLine() throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("dla60x").network(Task.CLASSIFICATION, 10).tensors();
        Path checkpoint = CheckpointFiles.hollow(folder.resolve("c.pth"), Optional.empty(), tensors);
        assertFails(
                "it was not found",
                "does not exist",
                "convert",
                folder.resolve("missing.pth").toString());
        assertFails("a size it cannot take", "224x224", "convert", checkpoint.toString(), "--input-size", "256");
        Path labels = Files.writeString(folder.resolve("labels.txt"), "only\ntwo\n");
        assertFails(
                "labels", "2 labels but 10 classes", "convert", checkpoint.toString(), "--labels", labels.toString());
        assertFails("folder", "is a file, not a folder", "convert", checkpoint.toString(), "-o", labels + "/x.onnx");
        assertFails(
                "late", "2 labels", "convert", checkpoint + "", "--labels=" + labels, "-o", folder + "/new/er/x.onnx");
        assertThat(elastic("convert", checkpoint.toString(), "-o", checkpoint.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is the checkpoint itself");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("c.pth", "labels.txt");
    }

    @ParameterizedTest
    @CsvSource({
        "level5.tree2.conv1.weight, NaN",
        "level5.tree2.bn1.running_mean, Infinity",
        "base_layer.1.running_var, -1.0"
    })
    void weightsThatNoTrainingLeavesAreRefusedAndTheOldModelStays(String tensor, float value) throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("dla60x").network(Task.CLASSIFICATION, 2).tensors();
        Path checkpoint = CheckpointFiles.full(folder.resolve("c.pth"), Optional.empty(), tensors, name -> {
            int size = Math.toIntExact(tensors.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .elementCount());
            float[] values = new float[size];
            values[0] = name.equals(tensor) ? value : 1;
            return values;
        });
        Path model = Files.writeString(folder.resolve("c.onnx"), "the old one");
        assertFails(tensor, "tensor " + tensor + " holds " + value, "convert", checkpoint.toString());
        assertThat(model).hasContent("the old one");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("c.pth", "c.onnx");
    }

    @Test
    void aBatchThatNothingCouldRunIsRefused() throws IOException {
        List<TensorSpec> tensors =
                Architecture.of("resnext50").network(Task.CLASSIFICATION, 2).tensors();
        Path checkpoint = CheckpointFiles.hollow(folder.resolve("c.pth"), Optional.empty(), tensors);
        assertFails(
                "batch",
                "image: shape [100000000, 3, 224, 224] is larger than 2 GB; use a smaller --batch or --input-size",
                "convert",
                checkpoint.toString(),
                "--batch",
                "100000000");
        assertThat(folder.toFile().list()).containsExactly("c.pth");
    }

    @Test
    void verifySaysWhatTheTwoAreWhenTheyDoNotBelongTogether() throws IOException {
        Path classifier = hollow("classifier.pth", Architecture.of("resnext50"), Task.CLASSIFICATION, 21);
        Path other = hollow("other.pth", Architecture.of("resnext50"), Task.CLASSIFICATION, 22);
        Path elastic = hollow("elastic.pth", Architecture.of("resnext50_elastic"), Task.CLASSIFICATION, 21);
        Path segmenter = hollow("segmenter.pth", Architecture.of("resnext50"), Task.SEGMENTATION, 21);
        assertThat(elastic("convert", segmenter.toString(), "--input-size", "33"))
                .as(err.toString())
                .isZero();
        assertThat(elastic("convert", classifier.toString(), "--input-size", "33", "--task", "multilabel"))
                .as(err.toString())
                .isZero();
        String segmenterModel = folder.resolve("segmenter.onnx").toString();
        assertFails(
                "another task",
                "is a resnext50 for segmentation of 21 classes, but " + classifier
                        + " holds a resnext50 for classification of 21; give the checkpoint it was made of",
                "verify",
                segmenterModel,
                classifier.toString());
        String classifierModel = folder.resolve("classifier.onnx").toString();
        assertFails("another task", "for segmentation of 21", "verify", classifierModel, segmenter.toString());
        assertFails("other classes", "for classification of 22", "verify", classifierModel, other.toString());
        assertFails("another architecture", "a resnext50_elastic for", "verify", classifierModel, elastic.toString());
        assertThat(elastic("verify", classifier.toString(), classifierModel)).isEqualTo(2);
        assertThat(err.toString())
                .contains("MODEL " + classifier + " is a checkpoint; give the .onnx model first, then the checkpoint");
        assertThat(elastic("verify", classifierModel, classifier.toString(), "--pictures", "1"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void aNetworkThatWasNotPublishedNeedsAnInputSize() throws IOException {
        Path file = hollow("tiny.pth", Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, 3);
        String model = folder.resolve("tiny.onnx").toString();
        assertFails("without a size", "with --input-size", "convert", file.toString(), "-o", model);
        assertThat(elastic("convert", file.toString(), "-o", model, "--input-size", "64"))
                .as(err.toString())
                .isZero();
    }

    private Path hollow(String name, Architecture architecture, Task task, int classes) throws IOException {
        return CheckpointFiles.hollow(
                folder.resolve(name),
                Optional.empty(),
                architecture.network(task, classes).tensors());
    }

    @Test
    void modelsListsTheZoo() {
        assertThat(elastic("models")).isZero();
        for (Figures figures : PublishedModels.all()) {
            assertThat(out.toString()).contains(String.format(Locale.ROOT, "%,d", figures.parameters()));
        }
        assertThat(elastic("models", "--json")).isZero();
        JsonArray models = JsonParser.parseString(out.toString()).getAsJsonArray();
        List<String> unreleased = new ArrayList<>(List.of("se_resnext50", "dla102x_elastic"));
        for (Architecture architecture : Architecture.all()) {
            if (!architecture.isPublished()) {
                unreleased.add(architecture.id());
                if (architecture.supports(Task.SEGMENTATION)) {
                    unreleased.add(architecture.id());
                }
            }
        }
        assertThat(unreleased).endsWith("resnext_tiny", "resnext_tiny", "resnext_tiny_elastic", "resnext_tiny_elastic");
        assertThat(models).hasSize(24 + unreleased.size());
        assertThat(models.asList())
                .filteredOn(model -> !model.getAsJsonObject().has("address"))
                .extracting(model -> model.getAsJsonObject().get("name").getAsString())
                .containsExactlyElementsOf(unreleased);
        JsonObject first = models.get(0).getAsJsonObject();
        assertThat(first.get("name").getAsString()).isEqualTo("resnext50");
        assertThat(first.get("flops").getAsLong()).isEqualTo(4272978944L);
        assertThat(first.get("address").getAsString()).endsWith("/imagenet_models/resnext50.pth.tar");
    }

    private void assertFails(String what, String message, String... words) {
        assertThat(elastic(words)).as(what).isEqualTo(1);
        assertThat(err.toString())
                .as(what)
                .startsWith("elastic: ")
                .contains(message)
                .hasLineCount(1);
    }

    private Path checkpoint(String name) throws IOException {
        return CheckpointFiles.full(
                folder.resolve(name),
                Optional.of(FIGURES.arch()),
                FIGURES.model().network().tensors(),
                new SyntheticWeights(FIGURES));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private int elastic(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = ElasticCommandLine.create();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(words);
    }
}
