package org.elasticvision.samples.serve.http;

import java.time.Duration;

/** When a request must be done. */
public record Deadline(long nanoTime) {
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Below 0 when it has passed. */
    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    boolean passed() {
        return remainingNanos() <= 0;
    }
}
