package org.elasticvision.runtime.benchmark;

import java.time.Duration;
import org.elasticvision.runtime.base.Check;

/**
 * How a model is asked while it is measured.
 *
 * @param callers threads that ask at the same time, each again as soon as it has its answer
 * @param warmup how long they ask before the measurement, so that Java has compiled what is measured; may be zero
 * @param duration how long they ask while it is measured
 */
public record Load(int callers, Duration warmup, Duration duration) {
    private static final int MOST_CALLERS = 1024;
    private static final Duration LONGEST = Duration.ofHours(24);

    public Load {
        Check.between("callers", callers, 1, MOST_CALLERS);
        Check.between("the warm-up", warmup, Duration.ZERO, LONGEST);
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the duration must be more than 0 and at most 24 hours");
        }
    }
}
