package org.elasticvision.runtime.batching;

import java.time.Duration;
import org.elasticvision.runtime.base.Check;

/**
 * How images are gathered. Start from {@link #defaults()}.
 *
 * @param maxBatch images that are answered together; 0 for as many as the model takes at a time, which is also the most
 * @param maxDelay how long an image waits for others after it was submitted; zero takes what is there as soon as a runner is
 *     free
 * @param waiting how many images may wait; more are refused
 * @param runners threads that each decode a batch and run the network: with 2, one prepares the next batch while the other
 *     is in the network
 */
public record BatcherOptions(int maxBatch, Duration maxDelay, int waiting, int runners) {
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final int MOST_WAITING = 1 << 20;
    private static final int MOST_RUNNERS = 1024;

    public BatcherOptions {
        Check.atLeast("maxBatch", maxBatch, 0);
        Check.between("maxDelay", maxDelay, Duration.ZERO, LONGEST_DELAY);
        Check.between("waiting", waiting, 1, MOST_WAITING);
        Check.between("runners", runners, 1, MOST_RUNNERS);
    }

    /**
     * Batches as large as the model takes, 5 ms, 256 images waiting, two runners.
     *
     * @return the default options
     */
    public static BatcherOptions defaults() {
        return new BatcherOptions(0, Duration.ofMillis(5), 256, 2);
    }

    /**
     * {@return these options with another {@link #maxBatch() max batch}}
     *
     * @param images in place of the present one
     */
    public BatcherOptions withMaxBatch(int images) {
        return new BatcherOptions(images, maxDelay, waiting, runners);
    }

    /**
     * {@return these options with another {@link #maxDelay() max delay}}
     *
     * @param delay in place of the present one
     */
    public BatcherOptions withMaxDelay(Duration delay) {
        return new BatcherOptions(maxBatch, delay, waiting, runners);
    }

    /**
     * {@return these options with another {@link #waiting() waiting}}
     *
     * @param images in place of the present one
     */
    public BatcherOptions withWaiting(int images) {
        return new BatcherOptions(maxBatch, maxDelay, images, runners);
    }

    /**
     * {@return these options with another {@link #runners() runners}}
     *
     * @param threads in place of the present one
     */
    public BatcherOptions withRunners(int threads) {
        return new BatcherOptions(maxBatch, maxDelay, waiting, threads);
    }
}
