package org.elasticvision.runtime.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.node;

class ExplainerTest {
    /** Its left half is red, its right half is black. */
    private static final ImageSource HALF_RED = ImageSource.of(halfRed(4, 4), "half red");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 3})
    void aNetworkThatCanBeWorkedOutByHandIsExplained(int batch) {
        Path file = ElasticNetworks.classifier(folder.resolve("model.onnx"), Task.CLASSIFICATION, batch);
        try (Explainer explainer = Explainer.open(file)) {
            assertThat(explainer.blocks()).containsExactly("stage.0");
            assertThat(explainer.notes()).isEmpty();
            Explanation explanation = explainer.explain(HALF_RED);
            assertThat(explanation.policy().orElseThrow().blocks())
                    .singleElement()
                    .satisfies(block -> {
                        assertThat(block.high()).isEqualTo(ElasticNetworks.HIGH / 2, within(1e-6));
                        assertThat(block.low()).isEqualTo(ElasticNetworks.LOW / 2, within(1e-6));
                        assertThat(block.score()).isEqualTo(-0.5, within(1e-6));
                        assertThat(block.isHigh()).isFalse();
                        assertThat(block.height()).isEqualTo(4);
                        assertThat(block.width()).isEqualTo(4);
                    });
            Classification answer = (Classification) explanation.answer();
            assertThat(answer.best().label().name()).isEqualTo("blue");
            // Red is 1, 1, 0, 0 across, and enlarged 1, 0.75, 0.25, 0: the feature is 2 times the one and 3 times the
            // other.
            assertThat(explanation.activations()).singleElement().satisfies(activation -> {
                assertThat(activation.score()).isEqualTo(answer.best());
                assertThat(activation.map().values())
                        .startsWith(15f, 12.75f, 2.25f, 0f)
                        .hasSize(16);
                assertThat(activation.map().mean() - 1).isEqualTo(answer.best().logit(), within(1e-5));
            });
            assertThat(explanation.uncertainty()).isEmpty();
            assertThat(explainer.explain(HALF_RED, 0).activations().get(0).map().values())
                    .startsWith(5f, 4.25f, 0.75f, 0f);
        }
    }

    @Test
    void ofLabelSetsEachLabelFoundHasAMap() {
        Path file = ElasticNetworks.classifier(folder.resolve("model.onnx"), Task.MULTI_LABEL, 1);
        try (Explainer explainer = Explainer.open(file)) {
            Explanation found = explainer.explain(HALF_RED);
            assertThat(((LabelSet) found.answer()).present()).hasSize(3);
            assertThat(found.activations())
                    .extracting(activation -> activation.score().label().name())
                    .containsExactly("blue", "green", "red");
            ImageSource black = ImageSource.of(TestModels.plain(4, 4, 0));
            assertThat(explainer.explain(black).activations()).isEmpty();
            assertThat(explainer.explain(black, 1).activations()).hasSize(1);
            assertThatThrownBy(() -> explainer.explain(black, 3)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSegmentationIsUncertainWhereItsClassesAreAlike() {
        try (Explainer explainer = Explainer.open(ElasticNetworks.segmenter(folder.resolve("model.onnx")))) {
            Explanation explanation = explainer.explain(HALF_RED);
            assertThat(explanation.answer()).isInstanceOf(Segmentation.class);
            assertThat(explanation.activations()).isEmpty();
            assertThat(explainer.notes()).isEmpty();
            float[] values = explanation.uncertainty().orElseThrow().values();
            double sum = 1 + Math.exp(5) + Math.exp(10);
            double entropy = Math.log(sum) - (5 * Math.exp(5) + 10 * Math.exp(10)) / sum;
            assertThat((double) values[0]).isEqualTo(entropy / Math.log(3), within(1e-6));
            assertThat(values[3]).isEqualTo(1, within(1e-6f)); // all logits are 0
            assertThatThrownBy(() -> explainer.explain(HALF_RED, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNetworkWithoutElasticHasNoPolicyAndSaysSo() {
        Path file = TestModels.classifier(folder, 1);
        try (Explainer explainer = Explainer.open(file)) {
            assertThat(explainer.notes())
                    .singleElement()
                    .asString()
                    .startsWith("no scale policies: " + file + " (colors) has no Elastic block");
            Explanation explanation = explainer.explain(ImageSource.of(TestModels.plain(4, 4, 0x0000FF)));
            assertThat(explanation.policy()).isEmpty();
            // The features are the image itself.
            assertThat(explanation.activations().get(0).map().values()).containsOnly(10f);
        }
    }

    @Test
    void aForeignNetworkWithAnotherHeadIsStillAnswered() {
        OnnxFile network = new OnnxFile()
                .input("image", 1, 3, 4, 4)
                .output("logits", 1, 3)
                .tensor(floats("weight", new float[144], 48, 3))
                .node(node("Flatten", "image", "flat"))
                .node(node("MatMul", "flat weight", "logits"));
        Path file =
                TestModels.write(folder.resolve("foreign.onnx"), Task.CLASSIFICATION, network, TestModels.cropTo(4));
        try (Explainer explainer = Explainer.open(file)) {
            assertThat(explainer.notes()).hasSize(2);
            assertThat(explainer.notes().get(1))
                    .isEqualTo("no class activation maps: " + file
                            + " (colors) does not end in global average pooling and one linear layer");
            Explanation explanation = explainer.explain(HALF_RED);
            assertThat(explanation.activations()).isEmpty();
            assertThat(explanation.answer()).isInstanceOf(Classification.class);
        }
    }

    @Test
    void whatIsNotAModelOfThisLibraryIsRefused() throws IOException {
        Path foreign = TestModels.classification(1, 4).write(folder.resolve("foreign.onnx"));
        assertThatThrownBy(() -> Explainer.open(foreign))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has no metadata entry 'elastic.");
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThatThrownBy(() -> Explainer.open(text)).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Explainer.open(folder.resolve("missing.onnx")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("missing.onnx");
        Path cut = ElasticNetworks.classifier(folder.resolve("cut.onnx"), Task.CLASSIFICATION, 1);
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Explainer.open(cut))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void whatIsSeenOfAPictureIsToldInPartsOfIt() {
        Path file = ElasticNetworks.classifier(folder.resolve("model.onnx"), Task.CLASSIFICATION, 1);
        try (Explainer explainer = Explainer.open(file)) {
            // 8x4 pixels are resized to 8x4, of which the middle 4x4 is seen.
            Explanation.InputPart seen =
                    explainer.explain(ImageSource.of(halfRed(8, 4), "wide")).seen();
            assertThat(seen).isEqualTo(new Explanation.InputPart(0.25, 0, 0.5, 1));
            assertThat(seen.across(0.5)).isEqualTo(0.5);
            assertThat(seen.across(0)).isNegative();
        }
        Path padded = TestModels.segmenter(folder.resolve("padded.onnx"), TestModels.fit(Preprocessing.Fit.PAD, 8, 8));
        try (Explainer explainer = Explainer.open(padded)) {
            Explanation.InputPart seen =
                    explainer.explain(ImageSource.of(halfRed(8, 4), "wide")).seen();
            assertThat(seen).isEqualTo(new Explanation.InputPart(0, -0.5, 1, 2));
            assertThat(seen.down(0)).isEqualTo(0.25);
        }
    }

    @Test
    void badImagesAndCallsAfterCloseSaySo() throws IOException {
        Path file = ElasticNetworks.classifier(folder.resolve("model.onnx"), Task.CLASSIFICATION, 1);
        Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
        Explainer explainer = Explainer.open(file, ModelOptions.defaults().withThreads(1));
        assertThatThrownBy(() -> explainer.explain(ImageSource.of(bad))).isInstanceOf(ImageException.class);
        explainer.close();
        explainer.close();
        assertThatThrownBy(() -> explainer.explain(HALF_RED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(file + " is closed");
    }

    @Test
    void severalThreadsGetTheSame() {
        Path file = ElasticNetworks.classifier(folder.resolve("model.onnx"), Task.CLASSIFICATION, 1);
        try (Explainer explainer = Explainer.open(file)) {
            List<ScalePolicy> policies = IntStream.range(0, 32)
                    .parallel()
                    .mapToObj(i -> explainer.explain(HALF_RED).policy().orElseThrow())
                    .toList();
            assertThat(policies).containsOnly(policies.get(0));
        }
    }

    private static RgbImage halfRed(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            pixels[3 * i] = (byte) (i % width < width / 2 ? 0xFF : 0);
        }
        return new RgbImage(width, height, pixels);
    }
}
