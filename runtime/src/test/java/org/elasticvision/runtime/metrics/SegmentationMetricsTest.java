package org.elasticvision.runtime.metrics;

import com.google.gson.JsonObject;
import java.util.Arrays;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.metrics.confusion.Confusion;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SegmentationMetricsTest {
    private static final byte VOID = (byte) SegmentationMetrics.VOID;

    @Test
    void agreesWithThePublishedEvaluation() {
        SegmentationMetrics metrics = new SegmentationMetrics(21);
        addPublished(metrics, 0, 4);
        SegmentationResult result = metrics.result();
        JsonObject expected = Published.answers("segmentation");
        assertThat(result.images()).isEqualTo(4);
        assertThat(result.meanIou()).isCloseTo(expected.get("mean_iou").getAsDouble(), within(1e-12));
        assertThat(result.classes()).hasSize(21);
        for (int c = 0; c < 21; c++) {
            ClassOverlap overlap = result.classes().get(c);
            assertThat(overlap.intersection())
                    .isEqualTo(expected.getAsJsonArray("intersection").get(c).getAsLong());
            assertThat(overlap.union())
                    .isEqualTo(expected.getAsJsonArray("union").get(c).getAsLong());
            assertThat(overlap.iou())
                    .isCloseTo(expected.getAsJsonArray("iou").get(c).getAsDouble(), within(1e-12));
        }
    }

    @Test
    void mergedPartsGiveTheWhole() {
        SegmentationMetrics whole = new SegmentationMetrics(21);
        addPublished(whole, 0, 4);
        SegmentationMetrics first = new SegmentationMetrics(21);
        SegmentationMetrics second = new SegmentationMetrics(21);
        addPublished(first, 0, 1);
        addPublished(second, 1, 4);
        first.merge(second);
        assertThat(first.result()).isEqualTo(whole.result());
    }

    @Test
    void voidPixelsCountNowhere() {
        SegmentationMetrics metrics = new SegmentationMetrics(3);
        metrics.add(new byte[] {0, 0, 1, 1, 0}, new byte[] {0, 1, 1, VOID, VOID});
        SegmentationResult result = metrics.result();
        assertThat(result.classes())
                .containsExactly(new ClassOverlap(1, 2), new ClassOverlap(1, 2), new ClassOverlap(0, 0));
        assertThat(result.confusion().cells())
                .containsExactly(new Confusion(0, 0, 1), new Confusion(1, 0, 1), new Confusion(1, 1, 1));
        assertThat(result.pixelAccuracy()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(result.meanIou()).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void noLabelledPixelsGiveZeros() {
        SegmentationMetrics metrics = new SegmentationMetrics(1);
        metrics.add(new byte[1], new byte[] {VOID});
        assertThat(metrics.result().meanIou()).isZero();
        assertThat(metrics.result().pixelAccuracy()).isZero();
    }

    @Test
    void aMaskOfAnotherDataSetIsRefusedWhole() {
        SegmentationMetrics metrics = new SegmentationMetrics(21);
        assertThatThrownBy(() -> metrics.add(new byte[2], new byte[] {0, (byte) 200}))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("class 200 at pixel 1")
                .hasMessageContaining("21 classes");
        assertThat(metrics.result().images()).isZero();
        assertThat(metrics.result().classes().get(0)).isEqualTo(new ClassOverlap(0, 0));
    }

    @Test
    void anAnswerIsComparedWithAMaskOfItsSize() {
        SegmentationMetrics metrics = new SegmentationMetrics(2);
        Segmentation answer = Segmentation.of(new byte[] {0, 1}, Framing.whole(2, 1), Labels.numbered(2));
        metrics.add(answer, new IndexImage(2, 1, new byte[] {0, 0}));
        assertThat(metrics.result().classes()).containsExactly(new ClassOverlap(1, 2), new ClassOverlap(0, 1));
        assertThatThrownBy(() -> metrics.add(answer, new IndexImage(1, 2, new byte[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the answer is 2x1, the mask 1x2");
    }

    @Test
    void impossiblePredictionsAreRefused() {
        SegmentationMetrics metrics = new SegmentationMetrics(2);
        assertThatThrownBy(() -> metrics.add(new byte[] {2}, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.add(new byte[2], new byte[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.add(new byte[1], new byte[] {2})).isInstanceOf(DatasetException.class);
        assertThatThrownBy(() -> metrics.merge(new SegmentationMetrics(3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SegmentationMetrics(256)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void addPublished(SegmentationMetrics metrics, int from, int to) {
        byte[] predicted = Published.array("metric_seg_pred").toBytes();
        byte[] masks = Published.array("metric_seg_mask").toBytes();
        int pixels = 33 * 29;
        for (int i = from; i < to; i++) {
            metrics.add(
                    Arrays.copyOfRange(predicted, i * pixels, (i + 1) * pixels),
                    Arrays.copyOfRange(masks, i * pixels, (i + 1) * pixels));
        }
    }
}
