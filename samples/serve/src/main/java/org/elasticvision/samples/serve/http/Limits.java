package org.elasticvision.samples.serve.http;

import java.time.Duration;
import java.util.Optional;
import org.elasticvision.runtime.base.Check;

/**
 * What one request, and all of them together, may take.
 *
 * @param bodyBytes the largest image file, 1 to 1 GiB
 * @param concurrent how many images, or batches, are worked on at the same time, 1 to 1024
 * @param waiting how many more requests may be inside, uploading or waiting for their turn, 1 to 65536
 * @param images the most images of one request, 1 to 1024
 * @param timeout how long a request may take, its upload included; 1 ms to 1 hour
 * @param patience how long a turn may be expected to take to come while the server is overloaded, up to 1 hour; without, as long as an
 *     answer usually takes
 * @param connections of clients that may be open, 1 to 65536; more are answered with 503 and closed
 */
public record Limits(
        long bodyBytes,
        int concurrent,
        int waiting,
        int images,
        Duration timeout,
        Optional<Duration> patience,
        int connections) {
    /** Pixels of one image: 6 bytes each are needed to decode it, whatever the size of its file. */
    public static final long PIXELS = 50_000_000;

    private static final long MOST_BYTES = 1 << 30;
    private static final int MOST_CONCURRENT = 1024;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_WAITING = 1 << 16;

    private static final int MOST_IMAGES = 1024;
    private static final int MOST_CONNECTIONS = 1 << 16;

    /** Where memory and the system allow as many. */
    public static final int USUAL_CONNECTIONS = 1 << 14;

    /** Their answers are held in memory until the last is there. */
    public static final int USUAL_IMAGES = 32;

    /** A page with many pictures, or a class of pupils, comes through without being sent away. */
    private static final int USUAL_WAITING = 64;

    private static final int USUAL_WAITING_PER_TURN = 8;

    public Limits {
        Check.between("body size", bodyBytes, 1, MOST_BYTES);
        Check.between("concurrent requests", concurrent, 1, MOST_CONCURRENT);
        Check.between("waiting requests", waiting, 1, MOST_WAITING);
        Check.between("images a request", images, 1, MOST_IMAGES);
        Check.between("timeout", timeout, SHORTEST, LONGEST);
        patience.ifPresent(time -> Check.between("patience", time, Duration.ZERO, LONGEST));
        Check.between("connections", connections, 1, MOST_CONNECTIONS);
    }

    /** With the usual rule for overload, and as many connections as is usual. */
    public Limits(long bodyBytes, int concurrent, int waiting, int images, Duration timeout) {
        this(bodyBytes, concurrent, waiting, images, timeout, Optional.empty(), USUAL_CONNECTIONS);
    }

    /** With as many waiting as is usual. */
    public Limits(long bodyBytes, int concurrent, Duration timeout) {
        this(bodyBytes, concurrent, usualWaiting(concurrent), USUAL_IMAGES, timeout);
    }

    public static int usualWaiting(int concurrent) {
        return Math.max(USUAL_WAITING, USUAL_WAITING_PER_TURN * Math.min(concurrent, MOST_CONCURRENT));
    }

    /** How many requests may be inside: those worked on, uploading, and waiting for their turn. */
    public int places() {
        return concurrent + waiting;
    }
}
