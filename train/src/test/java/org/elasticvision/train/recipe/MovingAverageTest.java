package org.elasticvision.train.recipe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class MovingAverageTest {
    @Test
    void beginsWithTheWeightsAfterTheFirstUpdate() {
        assertThat(new MovingAverage(0.999, false).decay(1)).isZero();
        assertThat(new MovingAverage(0.999, false).decay(2)).isEqualTo(0.999);
        assertThat(new MovingAverage(0.999, true).decay(1)).isZero();
    }

    /** What timm's documentation says of its warm-up with power 2/3: 0.999 after 31.6 thousand updates, 0.9999 after a million. */
    @Test
    void warmUpRisesToTheDecay() {
        MovingAverage average = new MovingAverage(0.9999, true);
        assertThat(average.decay(2)).isCloseTo(1 - 1 / Math.cbrt(4), within(1e-15));
        assertThat(average.decay(31_623)).isCloseTo(0.999, within(1e-7));
        assertThat(average.decay(999_000)).isLessThan(0.9999);
        assertThat(average.decay(1_000_100)).isEqualTo(0.9999);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
    void aDecayThatAveragesNothingIsRefused(double decay) {
        assertThatThrownBy(() -> new MovingAverage(decay, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("EMA decay " + decay + " must be above 0 and below 1");
    }
}
