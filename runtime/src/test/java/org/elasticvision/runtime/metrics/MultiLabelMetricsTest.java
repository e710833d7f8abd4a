package org.elasticvision.runtime.metrics;

import com.google.gson.JsonObject;
import java.util.Arrays;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class MultiLabelMetricsTest {
    private static final int IMAGES = 64;
    private static final int CLASSES = 80;

    @Test
    void agreesWithThePublishedEvaluation() {
        MultiLabelMetrics metrics = new MultiLabelMetrics(CLASSES);
        addPublished(metrics, 0, IMAGES);
        MultiLabelResult result = metrics.result();
        JsonObject expected = Published.answers("multilabel");
        assertClose(result.perClass().precision(), expected, "P_C");
        assertClose(result.perClass().recall(), expected, "R_C");
        assertClose(result.perClass().f1(), expected, "F_C");
        assertClose(result.overall().precision(), expected, "P_O");
        assertClose(result.overall().recall(), expected, "R_O");
        assertClose(result.overall().f1(), expected, "F_O");
        assertClose(result.binaryCrossEntropy(), expected, "bce_with_logits_mean");
        for (ObjectSize size : ObjectSize.values()) {
            SizeRecall recall = result.bySize().get(size);
            assertThat(recall.truePositives())
                    .isEqualTo(expected.getAsJsonArray("tp_by_size")
                            .get(size.row())
                            .getAsLong());
            assertThat(recall.falseNegatives())
                    .isEqualTo(expected.getAsJsonArray("fn_by_size")
                            .get(size.row())
                            .getAsLong());
        }
    }

    @Test
    void mergedPartsGiveTheWhole() {
        MultiLabelMetrics whole = new MultiLabelMetrics(CLASSES);
        addPublished(whole, 0, IMAGES);
        MultiLabelMetrics first = new MultiLabelMetrics(CLASSES);
        MultiLabelMetrics second = new MultiLabelMetrics(CLASSES);
        addPublished(first, 0, 7);
        addPublished(second, 7, IMAGES);
        first.merge(second);
        assertThat(first.result().classes()).isEqualTo(whole.result().classes());
        assertThat(first.result().bySize()).isEqualTo(whole.result().bySize());
        assertThat(first.result().perClass()).isEqualTo(whole.result().perClass());
        assertThat(first.result().images()).isEqualTo(IMAGES);
        assertThat(first.result().binaryCrossEntropy()).isCloseTo(whole.result().binaryCrossEntropy(), within(1e-12));
    }

    @Test
    void countsByHand() {
        MultiLabelMetrics metrics = new MultiLabelMetrics(3);
        // Class 0: found, at two sizes. Class 1: answered though absent. Class 2: missed.
        metrics.add(new float[] {2, 0.1f, -1}, target(new int[] {0}, new int[] {}, new int[] {0, 2}));
        // A logit of exactly 0 is not an answer: class 0 is missed.
        metrics.add(new float[] {0, -1, -1}, target(new int[] {0}, new int[] {}, new int[] {}));
        MultiLabelResult result = metrics.result();
        assertThat(result.classes())
                .containsExactly(new ClassCounts(1, 0, 1, 0), new ClassCounts(0, 1, 0, 1), new ClassCounts(0, 0, 1, 1));
        assertThat(result.overall().precision()).isEqualTo(50);
        assertThat(result.overall().recall()).isCloseTo(100.0 / 3, within(1e-12));
        assertThat(result.overall().f1()).isCloseTo(40, within(1e-12));
        assertThat(result.perClass().precision()).isCloseTo(100.0 / 3, within(1e-12));
        assertThat(result.perClass().recall()).isCloseTo(50.0 / 3, within(1e-12));
        assertThat(result.perClass().f1()).isCloseTo(200.0 / 3 / 3, within(1e-12));
        assertThat(result.bySize())
                .containsEntry(ObjectSize.SMALL, new SizeRecall(1, 1, 50, 50.0 / 3))
                .containsEntry(ObjectSize.MEDIUM, new SizeRecall(0, 0, 0, 0))
                .hasEntrySatisfying(
                        ObjectSize.MEDIUM, none -> assertThat(none.occurs()).isFalse())
                .hasEntrySatisfying(
                        ObjectSize.SMALL, some -> assertThat(some.occurs()).isTrue())
                .containsEntry(ObjectSize.LARGE, new SizeRecall(1, 1, 50, 100.0 / 3));
        assertThat(result.bySize().keySet()).containsExactly(ObjectSize.values());
    }

    @Test
    void noImagesGiveZeros() {
        MultiLabelResult result = new MultiLabelMetrics(2).result();
        assertThat(result.perClass()).isEqualTo(new PrecisionRecall(0, 0, 0));
        assertThat(result.overall()).isEqualTo(new PrecisionRecall(0, 0, 0));
        assertThat(result.binaryCrossEntropy()).isZero();
    }

    @Test
    void crossEntropyIsTheMeanOfImagesAndClasses() {
        MultiLabelMetrics metrics = new MultiLabelMetrics(3);
        metrics.add(new float[3], target(new int[] {0}, new int[] {}, new int[] {}));
        metrics.add(new float[3], target(new int[] {1}, new int[] {}, new int[] {}));
        assertThat(metrics.result().binaryCrossEntropy()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(metrics.result().classes()).containsOnly(new ClassCounts(0, 0, 1, 1), new ClassCounts(0, 0, 0, 2));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        MultiLabelMetrics metrics = new MultiLabelMetrics(3);
        metrics.add(new float[] {1500, -1500, -1500}, target(new int[] {}, new int[] {}, new int[] {1}));
        assertThat(metrics.result().binaryCrossEntropy()).isEqualTo(1000);
    }

    @Test
    void otherNumbersOfClassesAreRefused() {
        MultiLabelMetrics metrics = new MultiLabelMetrics(2);
        MultiLabelTarget three = MultiLabelTarget.of(new boolean[3][3]);
        assertThatThrownBy(() -> metrics.add(new float[2], three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be of 2 classes");
        assertThatThrownBy(() -> metrics.merge(new MultiLabelMetrics(3))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MultiLabelMetrics(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertClose(double actual, JsonObject expected, String name) {
        assertThat(actual).as(name).isCloseTo(expected.get(name).getAsDouble(), Published.FLOAT_ROUNDING);
    }

    private static MultiLabelTarget target(int[]... classesBySize) {
        boolean[][] present = new boolean[3][3];
        for (int size = 0; size < 3; size++) {
            for (int c : classesBySize[size]) {
                present[size][c] = true;
            }
        }
        return MultiLabelTarget.of(present);
    }

    private static void addPublished(MultiLabelMetrics metrics, int from, int to) {
        float[] logits = Published.array("metric_ml_logits").toFloats();
        byte[] targets = Published.array("metric_ml_target_sml").toBytes();
        for (int i = from; i < to; i++) {
            boolean[][] present = new boolean[3][CLASSES];
            for (int j = 0; j < 3 * CLASSES; j++) {
                present[j / CLASSES][j % CLASSES] = targets[i * 3 * CLASSES + j] == 1;
            }
            metrics.add(Arrays.copyOfRange(logits, i * CLASSES, (i + 1) * CLASSES), MultiLabelTarget.of(present));
        }
    }
}
