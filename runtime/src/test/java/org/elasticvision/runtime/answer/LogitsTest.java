package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LogitsTest {
    @Test
    void theBestOfEachRowIsTheFirstOfEqualsAndNoneWithoutNumbers() {
        float[] threeRows = {1, 2, Float.NaN, 3, 2, 7}; // class by class
        assertThat(Logits.best(threeRows, 2)).containsExactly(1, 0, -1);
        assertThat(Logits.best(new float[] {0, Float.NaN}, 2)).containsExactly(-1);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            FloatBuffer logits = FloatBuffer.wrap(new float[] {1, bad});
            assertThatThrownBy(() -> Classification.of(logits, Labels.numbered(2)))
                    .isInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> LabelSet.of(logits, Labels.numbered(2))).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void answersGiveTheLogitsBackInClassOrder() {
        float[] logits = {1, 5, -2};
        assertThat(Classification.of(FloatBuffer.wrap(logits), Labels.numbered(3))
                        .logits())
                .isEqualTo(logits);
        assertThat(LabelSet.of(FloatBuffer.wrap(logits), Labels.numbered(3)).logits())
                .isEqualTo(logits);
    }

    @Test
    void aLabelSetIsInClassOrder() {
        LabelSet set = LabelSet.of(FloatBuffer.wrap(new float[] {1, 5, -2}), Labels.numbered(3));
        assertThat(set.scores()).extracting(Score::index).containsExactly(0, 1, 2);
        assertThat(set.present()).extracting(Score::index).containsExactly(1, 0);
        assertThatThrownBy(() -> new LabelSet(set.present()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the score at place 0 is of class 1; the scores must be in class order");
    }

    @Test
    void softmaxDoesNotOverflow() {
        double[] probabilities = Logits.softmax(new float[] {3e38f, 3e38f, -3e38f});
        assertThat(probabilities).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void sigmoidDoesNotOverflow() {
        assertThat(Logits.sigmoid(3e38f)).isEqualTo(1);
        assertThat(Logits.sigmoid(-3e38f)).isZero();
        assertThat(Logits.sigmoid(0)).isEqualTo(0.5);
        assertThat(Logits.sigmoid(2) + Logits.sigmoid(-2)).isCloseTo(1, within(1e-15));
    }

    @Test
    void equalScoresKeepTheirOrder() {
        assertThat(Logits.ranked(new float[] {1, 5, 1, 5}, Labels.numbered(4)))
                .extracting(Score::index)
                .containsExactly(1, 3, 0, 2);
    }

    @Test
    void ranksNumbersOfAllSizesAndSigns() {
        float[] logits = {-1e-40f, 3e38f, 0, -3e38f, 1e-40f, -1, 2, Float.MIN_VALUE, -0.5f};
        assertThat(Logits.ranked(logits, Labels.numbered(logits.length)))
                .extracting(Score::index)
                .containsExactly(1, 6, 4, 7, 2, 0, 8, 5, 3);
    }
}
