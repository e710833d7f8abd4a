package org.elasticvision.train.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunStateTest {
    private final RunState state = RunState.initial();

    @Test
    void theSmallestErrorIsTheBestAndOfEqualOnesTheSmallestLoss() {
        assertThat(state.measured(50, 0.9)).isTrue();
        assertThat(state.measured(60, 0.1)).isFalse();
        assertThat(state.measured(0, 1.9)).isTrue();
        assertThat(state.measured(0, 2.0)).isFalse();
        assertThat(state.measured(0, 0.2)).isTrue();
        assertThat(state.measured(0, 0.2)).isFalse();
        assertThat(state.bestError).isZero();
        assertThat(state.bestLoss).isEqualTo(0.2);
    }

    @Test
    void patienceGoesByTheErrorAlone() {
        state.measured(10, 0.5);
        state.measured(10, 0.4);
        state.measured(10, 0.3);
        assertThat(state.sinceBest).isEqualTo(2);
        state.measured(9, 0.6);
        assertThat(state.sinceBest).isZero();
    }

    @Test
    void aLossThatIsNotANumberIsNeverBetter() {
        assertThat(state.measured(100, Double.NaN)).isFalse();
        assertThat(state.measured(100, 3)).isTrue();
    }
}
