package org.elasticvision.runtime.engine.onednn.natives;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CornerWeightsTest {
    @Test
    void cornersStayWhereTheyAre() {
        assertThat(CornerWeights.of(2, 3)).containsExactly(1, 0, 0.5f, 0.5f, 0, 1);
        assertThat(CornerWeights.of(3, 2)).containsExactly(1, 0, 0, 0, 0, 1);
        assertThat(CornerWeights.of(2, 2)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void onePixelIsTheFirst() {
        assertThat(CornerWeights.of(3, 1)).containsExactly(1, 0, 0);
        assertThat(CornerWeights.of(1, 3)).containsExactly(1, 1, 1);
        assertThat(CornerWeights.of(1, 1)).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"7, 13", "13, 7", "28, 56", "33, 513", "1, 9", "9, 1"})
    void eachRowIsAMeanAtItsPosition(int from, int to) {
        float[] weights = CornerWeights.of(from, to);
        assertThat(weights).hasSize(from * to);
        for (int i = 0; i < to; i++) {
            double sum = 0;
            double position = 0;
            for (int j = 0; j < from; j++) {
                float weight = weights[i * from + j];
                assertThat(weight).isBetween(0f, 1f);
                sum += weight;
                position += weight * j;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            assertThat(position).isCloseTo(to == 1 ? 0 : i * (from - 1.0) / (to - 1), within(1e-3));
        }
    }
}
