package org.elasticvision.train.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.torch.tensor.Loss;
import org.elasticvision.train.torch.tensor.Tensors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Losses and errors worked out by hand. */
class LossTest {
    private static final double EXACT = 1e-12;

    private static double loss(double smoothing, Target target, double[] logits, Long... shape) {
        try (Tensor values = Tensors.of(logits, List.of(shape), Stores.FLOAT64);
                Tensor truth = Loss.tensor(target, Stores.FLOAT64);
                Tensor loss = new Loss(smoothing, List.of()).loss(target, values, truth)) {
            return loss.item_double();
        }
    }

    /** As {@code torch.nn.CrossEntropyLoss(weight=…)}: the mean of weights, not of images. */
    @Test
    void classesMayCountDifferently() {
        double[] logits = {0, Math.log(3), 0, Math.log(3)}; // probabilities 1/4 and 3/4
        try (Tensor values = Tensors.of(logits, List.of(2L, 2L), Stores.FLOAT64);
                Tensor truth = Loss.tensor(new Target.Classes(new int[] {0, 1}), Stores.FLOAT64);
                Tensor loss =
                        new Loss(0, List.of(0.5, 2.0)).loss(new Target.Classes(new int[] {0, 1}), values, truth)) {
            double expected = (0.5 * Math.log(4) + 2 * Math.log(4 / 3.0)) / 2.5;
            assertThat(loss.item_double()).isEqualTo(expected, within(EXACT));
        }
    }

    private static long[] errors(Target target, double[] logits, Long... shape) {
        try (Tensor values = Tensors.of(logits, List.of(shape), Stores.FLOAT64);
                Tensor truth = Loss.tensor(target, Stores.FLOAT64)) {
            return Loss.errors(target, values, truth);
        }
    }

    private static double log(double sum) {
        return Math.log(sum);
    }

    @Test
    void classesAreMeasuredByCrossEntropy() {
        Target target = new Target.Classes(new int[] {0, 2});
        double[] logits = {Math.log(2), 0, 0, 0, 0, Math.log(6)};
        assertThat(loss(0, target, logits, 2L, 3L)).isEqualTo((log(2) + log(8 / 6.0)) / 2, within(EXACT));
        assertThat(errors(target, logits, 2L, 3L)).containsExactly(0, 2);
        assertThat(errors(new Target.Classes(new int[] {1, 2}), logits, 2L, 3L)).containsExactly(1, 2);
    }

    @Test
    void smoothedLabelsGoInPartToAllClasses() {
        double[] logits = {Math.log(2), 0, 0};
        double right = log(4 / 2.0);
        double wrong = log(4);
        assertThat(loss(0.3, new Target.Classes(new int[] {0}), logits, 1L, 3L))
                .isEqualTo(0.7 * right + 0.3 * (right + wrong + wrong) / 3, within(EXACT));
    }

    /** The most probable class is a mixed image's, as in torchvision's reference. */
    @Test
    void mixedImagesHaveProbabilities() {
        Target target = new Target.ClassProbabilities(new float[] {0.75f, 0.25f, 0, 0, 0.375f, 0.625f}, 3);
        double[] logits = {Math.log(2), 0, 0, 0, 0, Math.log(6)};
        double first = log(4) - 0.75 * log(2);
        double second = log(8) - 0.625 * log(6);
        assertThat(loss(0, target, logits, 2L, 3L)).isEqualTo((first + second) / 2, within(EXACT));
        assertThat(errors(target, logits, 2L, 3L)).containsExactly(0, 2);
        Target other = new Target.ClassProbabilities(new float[] {0.25f, 0.75f, 0, 0, 0.375f, 0.625f}, 3);
        assertThat(errors(other, logits, 2L, 3L)).containsExactly(1, 2);
    }

    @Test
    void mixedLabelSetsHaveTheClassesAboveAHalf() {
        Target target = new Target.LabelSets(new float[] {0.75f, 0.25f, 0.375f, 1}, 2);
        double[] logits = {Math.log(3), Math.log(3), -Math.log(3), Math.log(3)};
        double expected = (0.75 * log(4 / 3.0) + 0.25 * log(4))
                + (0.25 * log(4 / 3.0) + 0.75 * log(4))
                + (0.375 * log(4) + 0.625 * log(4 / 3.0))
                + log(4 / 3.0);
        assertThat(loss(0, target, logits, 2L, 2L)).isEqualTo(expected / 4 * 80, within(1e-9));
        // Two classes found, one named wrongly: F = 2·2 / (2·2 + 1).
        assertThat(errors(target, logits, 2L, 2L)).containsExactly(1, 5);
    }

    @Test
    void labelSetsAreMeasuredByBinaryCrossEntropyTimes80() {
        Target target = new Target.LabelSets(new float[] {1, 0, 1, 0}, 2);
        double[] logits = {Math.log(3), Math.log(3), -1000, 0};
        double expected = (log(4 / 3.0) + log(4) + 1000 + log(2)) / 4 * 80;
        assertThat(loss(0, target, logits, 2L, 2L)).isEqualTo(expected, within(1e-9));
        // One class found, one named wrongly, one missed: F = 2·1 / (2·1 + 2).
        assertThat(errors(target, logits, 2L, 2L)).containsExactly(2, 4);
    }

    @Test
    void voidPixelsCountNowhere() {
        Target target = new Target.Masks(new byte[] {0, 1, (byte) 255, (byte) 255}, 2, 2);
        double[] logits = {Math.log(3), Math.log(3), 50, -50, 0, 0, -50, 50};
        assertThat(loss(0, target, logits, 1L, 2L, 2L, 2L)).isEqualTo((log(4 / 3.0) + log(4)) / 2, within(EXACT));
        assertThat(errors(target, logits, 1L, 2L, 2L, 2L)).containsExactly(1, 2);
    }

    @Test
    void voidPixelsAloneLoseNothing() {
        Target target = new Target.Masks(new byte[] {(byte) 255, (byte) 255}, 1, 2);
        assertThat(target.counts()).isFalse();
        assertThat(loss(0.1, target, new double[] {1, 2, 3, 4}, 1L, 2L, 1L, 2L)).isZero();
        assertThat(errors(target, new double[] {1, 2, 3, 4}, 1L, 2L, 1L, 2L)).containsExactly(0, 0);
    }
}
