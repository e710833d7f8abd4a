package org.elasticvision.train.cli.progress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingBarTest {
    private static final int TERMINAL = 80;

    @Test
    void figuresFitBesideTheBar() {
        assertThat(TrainingBar.line("epoch 3/7", 0.42, "loss 0.1968 err 7.6% 98.1/s wait 0.0s ETA 3:20", TERMINAL))
                .isEqualTo("epoch 3/7 [====      ]  42% loss 0.1968 err 7.6% 98.1/s wait 0.0s ETA 3:20")
                .hasSizeLessThanOrEqualTo(TERMINAL);
        assertThat(TrainingBar.line("validation", 1, "", TERMINAL)).startsWith("validation [==========] 100%");
    }

    @Test
    void whatIsTooLongIsCut() {
        assertThat(TrainingBar.line("epoch 100/120", 0, "x".repeat(TERMINAL), TERMINAL))
                .hasSize(TERMINAL);
    }
}
