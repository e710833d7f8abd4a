package org.elasticvision.runtime.metrics;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.elasticvision.runtime.io.npy.NpyArray;
import org.elasticvision.runtime.metrics.confusion.Confusion;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ClassificationMetricsTest {
    private final ClassificationMetrics metrics = new ClassificationMetrics();

    @Test
    void agreesWithThePublishedEvaluation() {
        addPublished(metrics, 0, 50);
        JsonObject expected = Published.answers("classification");
        ClassificationResult result = metrics.result();
        assertThat(result.images()).isEqualTo(50);
        assertThat(result.error1()).isEqualTo(expected.get("err1").getAsDouble());
        assertThat(result.error5()).hasValue(expected.get("err5").getAsDouble());
        assertThat(result.crossEntropy())
                .isCloseTo(expected.get("cross_entropy").getAsDouble(), Published.FLOAT_ROUNDING);
    }

    @Test
    void mergedPartsGiveTheWhole() {
        ClassificationMetrics whole = new ClassificationMetrics();
        addPublished(whole, 0, 50);
        ClassificationMetrics part = new ClassificationMetrics();
        addPublished(metrics, 0, 13);
        addPublished(part, 13, 50);
        metrics.merge(part);
        assertThat(metrics.result().error1()).isEqualTo(whole.result().error1());
        assertThat(metrics.result().error5()).isEqualTo(whole.result().error5());
        assertThat(metrics.result().images()).isEqualTo(50);
        assertThat(metrics.result().crossEntropy()).isCloseTo(whole.result().crossEntropy(), within(1e-12));
        assertThat(metrics.result().confusion()).isEqualTo(whole.result().confusion());
        assertThat(metrics.result().confusion().cells())
                .extracting(Confusion::count)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(50));
    }

    @Test
    void theAnswerIsCountedForEachClass() {
        metrics.add(new float[] {3, 1, 2}, 0);
        metrics.add(new float[] {3, 1, 2}, 1);
        metrics.add(new float[] {0, 1, 1}, 0);
        metrics.add(new float[] {1, 1, 0}, 1); // a tie goes to the lower index
        metrics.add(new float[] {5, 4, Float.NaN}, 0);
        metrics.add(new float[] {Float.NaN, 4, 5}, 0);
        assertThat(metrics.result().confusion().cells())
                .containsExactly(
                        new Confusion(0, 0, 1), new Confusion(0, 1, 1), new Confusion(0, 2, 2), new Confusion(1, 0, 2));
        assertThat(metrics.result().error1()).isCloseTo(100 * 5 / 6.0, within(1e-12));
    }

    @Test
    void totalsOfOtherMetricsAreRefused() {
        metrics.add(new float[] {3, 1, 2}, 0);
        assertThatThrownBy(() -> metrics.merge(new double[7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 totals");
        assertThatThrownBy(() -> metrics.merge(new double[] {3, 3, 0, 0, 0, 0, 0, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add up to 2.0, not to 3 images");
        assertThat(metrics.result().images()).isEqualTo(1);
    }

    @Test
    void theSixthRankIsAnErrorAndTheFifthIsNot() {
        float[] logits = {7, 6, 5, 4, 3, 2, 1};
        metrics.add(logits, 0);
        metrics.add(logits, 4);
        metrics.add(logits, 5);
        metrics.add(logits, 6);
        assertThat(metrics.result().error1()).isEqualTo(75);
        assertThat(metrics.result().error5()).hasValue(50);
    }

    @Test
    void fiveClassesHaveNoErrorAmongFive() {
        metrics.add(new float[5], 4);
        assertThat(metrics.result().error5()).isEmpty();
        ClassificationMetrics more = new ClassificationMetrics();
        more.add(new float[] {5, 4, 3, 2, 1, 0}, 5);
        assertThat(more.result().error5()).hasValue(100);
    }

    @Test
    void ofEqualLogitsTheFirstWins() {
        metrics.add(new float[] {1, 1}, 0);
        assertThat(metrics.result().error1()).isZero();
        metrics.add(new float[] {1, 1}, 1);
        assertThat(metrics.result().error1()).isEqualTo(50);
        assertThat(metrics.result().crossEntropy()).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void notANumberIsNeverRight() {
        float[] logits = new float[10];
        Arrays.fill(logits, Float.NaN);
        metrics.add(logits, 0);
        metrics.add(new float[] {5, Float.NaN}, 0);
        assertThat(metrics.result().error1()).isEqualTo(100);
        assertThat(metrics.result().error5()).hasValue(50);
        assertThat(metrics.result().crossEntropy()).isNaN();
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        metrics.add(new float[] {1e30f, -1e30f}, 0);
        assertThat(metrics.result().crossEntropy()).isZero();
    }

    @Test
    void noImagesGiveZeros() {
        assertThat(metrics.result())
                .isEqualTo(
                        new ClassificationResult(0, 0, OptionalDouble.empty(), 0, new ConfusionMatrix(0, List.of())));
    }

    @Test
    void anUnknownClassIsRefused() {
        assertThatThrownBy(() -> metrics.add(new float[3], 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(metrics.result().images()).isZero();
    }

    private static void addPublished(ClassificationMetrics metrics, int from, int to) {
        NpyArray array = Published.array("metric_cls_logits");
        float[] logits = array.toFloats();
        long[] targets = Published.array("metric_cls_target").toLongs();
        int classes = array.shape().get(1);
        for (int i = from; i < to; i++) {
            metrics.add(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes), (int) targets[i]);
        }
    }
}
