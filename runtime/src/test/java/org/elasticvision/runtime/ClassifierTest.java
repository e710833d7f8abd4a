package org.elasticvision.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ClassifierTest {
    private static final ImageSource TEAL = ImageSource.of(TestModels.plain(9, 7, 0x0033FF));

    @TempDir
    Path folder;

    @Test
    void ranksAllClassesWithTheirSoftmax() {
        try (Classifier model = Classifier.open(TestModels.classifier(folder, TensorShape.ANY))) {
            Classification answer = model.predict(TEAL);
            // green is 0x33 / 255 = 0.2 and blue 1: logits -1, 1, 9
            assertThat(answer.ranking()).extracting(Score::logit).containsExactly(9f, 1f, -1f);
            assertThat(answer.ranking())
                    .extracting(score -> score.label().name())
                    .containsExactly("blue", "green", "red");
            assertThat(answer.ranking()).extracting(Score::index).containsExactly(2, 1, 0);
            double sum = 1 + Math.exp(-8) + Math.exp(-10);
            assertThat(answer.best().probability()).isCloseTo(1 / sum, within(1e-15));
            assertThat(answer.ranking().get(1).probability()).isCloseTo(Math.exp(-8) / sum, within(1e-15));
            assertThat(answer.top(2)).isEqualTo(answer.ranking().subList(0, 2));
            assertThat(answer.top(50)).hasSize(3);
            assertThatThrownBy(() -> answer.top(-1)).hasMessage("count -1 must be 0 or more");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "-1, 3", "-1, 16", "1, 1", "2, 1", "4, 9", "16, 1"})
    void aListIsAnsweredAsItsImagesAreWhateverTheBatch(int modelBatch, int asked) {
        ModelOptions options = ModelOptions.defaults().withBatch(asked).withThreads(1);
        try (Classifier model = Classifier.open(TestModels.classifier(folder, modelBatch), options)) {
            assertThat(model.batch()).isEqualTo(modelBatch > 0 ? modelBatch : asked);
            List<ImageSource> images = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                images.add(ImageSource.of(TestModels.plain(5 + i, 4, (0x0A1B2C * (i + 1)) & 0xFFFFFF)));
            }
            List<Classification> single = images.stream().map(model::predict).toList();
            assertThat(model.predict(images)).isEqualTo(single);
            Collections.reverse(images);
            List<Classification> reversed = new ArrayList<>(model.predict(images));
            Collections.reverse(reversed);
            assertThat(reversed).isEqualTo(single);
            assertThat(model.predict(List.<ImageSource>of())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2, 4})
    void aBareTensorOfAnyBatchIsRun(int modelBatch) {
        try (Classifier model = Classifier.open(TestModels.classifier(folder, modelBatch))) {
            float[] input = new float[3 * 48];
            for (int i = 0; i < input.length; i++) {
                input[i] = Math.floorDiv(i, 16);
            }
            Tensor output = model.run(new Tensor(TensorShape.of(3, 3, 4, 4), input));
            assertThat(output.shape()).isEqualTo(TensorShape.of(3, 3));
            assertThat(output.values()).containsExactly(-1, 9, 19, 29, 39, 49, 59, 69, 79);
        }
    }

    @Test
    void aTensorOfAnotherShapeIsRefused() {
        try (Classifier model = Classifier.open(TestModels.classifier(folder, 2))) {
            Tensor wrong = new Tensor(TensorShape.of(1, 3, 4, 5), new float[60]);
            assertThatThrownBy(() -> model.run(wrong))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("takes an input of shape [N, 3, 4, 4], not [1, 3, 4, 5]");
        }
    }

    @Test
    void numbersThatAreNoneAreAnError() {
        Path file = TestModels.write(
                folder.resolve("nan.onnx"),
                TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4)),
                TinyNetworks.classifier(
                        1, 4, 4, new float[][] {{Float.NaN, 0, 0}, {0, 0, 0}, {0, 0, 0}}, new float[3]));
        try (Classifier model = Classifier.open(file)) {
            assertThatThrownBy(() -> model.predict(TEAL))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("not numbers");
        }
    }
}
