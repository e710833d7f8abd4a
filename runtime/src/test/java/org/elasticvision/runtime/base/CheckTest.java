package org.elasticvision.runtime.base;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theLimitsAreAllowed() {
        assertThatCode(() -> {
                    Check.between("lanes", 1, 1, 4);
                    Check.between("lanes", 4, 1, 4);
                    Check.atLeast("batch", 1, 1);
                    Check.isPart("alpha", 0);
                    Check.isPart("alpha", 1);
                    Check.between("timeout", MILLISECOND, MILLISECOND, HOUR);
                    Check.between("timeout", HOUR, MILLISECOND, HOUR);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsBeyondThemIsNamed() {
        assertThatThrownBy(() -> Check.between("lanes", 0, 1, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lanes 0 must be between 1 and 4");
        assertThatThrownBy(() -> Check.between("lanes", 5, 1, 4)).hasMessage("lanes 5 must be between 1 and 4");
        assertThatThrownBy(() -> Check.atLeast("batch", 0, 1)).hasMessage("batch 0 must be at least 1");
        assertThatThrownBy(() -> Check.isPart("alpha", Double.NaN)).hasMessage("alpha NaN must be between 0 and 1");
        assertThatThrownBy(() -> Check.isPart("alpha", -0.1)).hasMessage("alpha -0.1 must be between 0 and 1");
        assertThatThrownBy(() -> Check.between("timeout", Duration.ZERO, MILLISECOND, HOUR))
                .hasMessage("timeout 0 s must be between 1 ms and 1 h");
        assertThatThrownBy(() -> Check.between("timeout", HOUR.plusSeconds(1), MILLISECOND, HOUR))
                .hasMessage("timeout 3601 s must be between 1 ms and 1 h");
    }
}
