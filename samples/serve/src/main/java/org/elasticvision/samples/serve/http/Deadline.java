package org.elasticvision.samples.serve.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a request must be done, and whether anybody waits for it still.
 *
 * @param abandoned whether the client has gone; quick, may be asked at any time
 */
public record Deadline(long nanoTime, BooleanSupplier abandoned) {
    public static Deadline in(Duration time, BooleanSupplier abandoned) {
        return new Deadline(System.nanoTime() + time.toNanos(), abandoned);
    }

    /** Below 0 when it has passed. */
    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    public boolean passed() {
        return remainingNanos() <= 0;
    }
}
