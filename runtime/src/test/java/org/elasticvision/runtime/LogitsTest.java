package org.elasticvision.runtime;

import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LogitsTest {
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
