package org.elasticvision.samples.serve;

import java.time.Duration;

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
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int WAITING_PER_TURN = 8;

    Limits {
        if (bodyBytes < 1 || bodyBytes > MOST_BYTES) {
            throw new IllegalArgumentException("body size " + bodyBytes + " must be between 1 and " + MOST_BYTES);
        }
        if (concurrent < 1 || concurrent > MOST_CONCURRENT) {
            throw new IllegalArgumentException(
                    "concurrent requests " + concurrent + " must be between 1 and " + MOST_CONCURRENT);
        }
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout " + timeout.toMillis() + " ms must be between 1 ms and 1 hour");
        }
    }

    /** How many requests may be inside: those worked on, uploading, and waiting for their turn. */
    int places() {
        return concurrent * (1 + WAITING_PER_TURN);
    }
}
