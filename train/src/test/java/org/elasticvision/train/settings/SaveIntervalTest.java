package org.elasticvision.train.settings;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SaveIntervalTest {
    @ParameterizedTest
    @CsvSource({"500steps, 500steps", "1step, 1steps", "30s, 30s", "10m, 600s", "2h, 7200s"})
    void isReadAndWritten(String text, String written) {
        SaveInterval interval = SaveInterval.of(text);
        assertThat(interval).hasToString(written);
        assertThat(SaveInterval.of(interval.toString())).isEqualTo(interval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "0steps", "0m", "-5m", "1.5h", "10 m", "10d", "steps", "99999999999steps"})
    void refusesAllElse(String text) {
        assertThatThrownBy(() -> SaveInterval.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("500steps");
    }

    @Test
    void goesByStepsOrByTime() {
        SaveInterval steps = SaveInterval.of("10steps");
        assertThat(steps.isOver(9, Duration.ofHours(1))).isFalse();
        assertThat(steps.isOver(10, Duration.ZERO)).isTrue();
        SaveInterval time = SaveInterval.of("1m");
        assertThat(time.isOver(1000, Duration.ofSeconds(59))).isFalse();
        assertThat(time.isOver(0, Duration.ofSeconds(60))).isTrue();
    }
}
