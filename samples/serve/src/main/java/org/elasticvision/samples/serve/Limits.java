package org.elasticvision.samples.serve;

import java.time.Duration;
import org.elasticvision.runtime.check.Check;

/**
 * What one request, and all of them together, may take.
 *
 * @param bodyBytes the largest image file, 1 to 1 GiB
 * @param concurrent how many images, or batches, are worked on at the same time, 1 to 1024
 * @param timeout how long a request may take, its upload included; 1 ms to 1 hour
 */
record Limits(long bodyBytes, int concurrent, Duration timeout) {
    /** Pixels of one image: 6 bytes each are needed to decode it, whatever the size of its file. */
    static final long PIXELS = 50_000_000;

    private static final long MOST_BYTES = 1 << 30;
    private static final int MOST_CONCURRENT = 1024;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int WAITING_PER_TURN = 8;

    Limits {
        Check.between("body size", bodyBytes, 1, MOST_BYTES);
        Check.between("concurrent requests", concurrent, 1, MOST_CONCURRENT);
        Check.between("timeout", timeout, SHORTEST, LONGEST);
    }

    /** How many requests may be inside: those worked on, uploading, and waiting for their turn. */
    int places() {
        return concurrent * (1 + WAITING_PER_TURN);
    }
}
