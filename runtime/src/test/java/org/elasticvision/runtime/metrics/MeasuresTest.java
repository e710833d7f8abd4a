package org.elasticvision.runtime.metrics;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The words of results, as commands and training runs print them. */
class MeasuresTest {
    private static final ConfusionMatrix NONE = new ConfusionMatrix(2, List.of());

    @Test
    void classification() {
        Measures measures = new ClassificationResult(8, 11.5, OptionalDouble.of(0.304), 0.25, NONE);
        assertThat(measures.summary()).isEqualTo("Err@1 11.50  Err@5 0.30");
        assertThat(measures.table(Labels.numbered(9)))
                .containsExactly("Err@1           11.50 %", "Err@5            0.30 %", "Cross entropy  0.2500");
        assertThat(measures.values(Labels.numbered(9)))
                .containsExactly(Map.entry("err1", 11.5), Map.entry("err5", 0.304), Map.entry("crossEntropy", 0.25));
        assertThat(measures.score()).isEqualTo(88.5);
        assertThat(measures.error()).isEqualTo(11.5);
        Measures few = new ClassificationResult(8, 50, OptionalDouble.empty(), 0.25, NONE);
        assertThat(few.summary()).isEqualTo("Err@1 50.00");
        assertThat(few.values(Labels.numbered(2))).doesNotContainKey("err5");
    }

    @Test
    void multiLabel() {
        Measures measures = new MultiLabelResult(
                8,
                new PrecisionRecall(10, 20, 30),
                new PrecisionRecall(40, 50, 60.25),
                List.of(),
                Map.of(
                        ObjectSize.SMALL, new SizeRecall(1, 1, 50, 25),
                        ObjectSize.MEDIUM, new SizeRecall(0, 0, 0, 0),
                        ObjectSize.LARGE, new SizeRecall(3, 0, 100, 75)),
                0.5);
        assertThat(measures.summary()).isEqualTo("F 60.25  P 40.00  R 50.00  F per class 30.00");
        assertThat(measures.table(List.of()))
                .containsExactly(
                        "P_C  10.00 %   R_C  20.00 %   F_C  30.00 %",
                        "P_O  40.00 %   R_O  50.00 %   F_O  60.25 %",
                        "",
                        "Recall by object size",
                        "             overall  per class",
                        "  small       50.00 %    25.00 %",
                        "  medium          -          -",
                        "  large      100.00 %    75.00 %",
                        "");
        assertThat(measures.values(List.of()))
                .containsEntry("P_C", 10.0)
                .containsEntry("R_C", 20.0)
                .containsEntry("F_C", 30.0)
                .containsEntry("P_O", 40.0)
                .containsEntry("R_O", 50.0)
                .containsEntry("F_O", 60.25)
                .containsEntry(
                        "recallBySize",
                        Map.of(
                                "small",
                                Map.of("overall", 50.0, "perClass", 25.0, "truePositives", 1L, "falseNegatives", 1L),
                                "medium",
                                Map.of("truePositives", 0L, "falseNegatives", 0L),
                                "large",
                                Map.of("overall", 100.0, "perClass", 75.0, "truePositives", 3L, "falseNegatives", 0L)));
        assertThat(measures.score()).isEqualTo(60.25);
        assertThat(measures.error()).isEqualTo(39.75);
    }

    @Test
    void segmentation() {
        Measures measures =
                new SegmentationResult(8, 0.5, 0.75, List.of(new ClassOverlap(1, 1), new ClassOverlap(0, 4)), NONE);
        List<Label> labels = List.of(new Label("0", "background"), new Label("1", "cat"));
        assertThat(measures.summary()).isEqualTo("mean IoU 50.00  pixel accuracy 75.00");
        assertThat(measures.table(labels))
                .containsExactly(
                        "  background  100.00 %",
                        "  cat           0.00 %", "Mean IoU         50.00 %", "Pixel accuracy   75.00 %");
        assertThat(measures.values(labels).keySet()).containsExactly("meanIou", "pixelAccuracy", "iou");
        assertThat(measures.values(labels))
                .extractingByKey("iou")
                .isEqualTo(Map.of("background", new ClassOverlap(1, 1).iou(), "cat", 0.0));
        assertThat(measures.score()).isEqualTo(50);
        assertThat(measures.error()).isEqualTo(50);
    }

    /** The published code's 1e-10 keeps classes without pixels from dividing by 0. */
    @Test
    void overlap() {
        assertThat(new ClassOverlap(0, 0).iou()).isZero();
        assertThat(new ClassOverlap(1, 1).iou()).isEqualTo(1 / (1 + 1e-10)).isLessThan(1);
    }
}
