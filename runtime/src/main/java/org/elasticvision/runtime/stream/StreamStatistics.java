package org.elasticvision.runtime.stream;

import java.time.Duration;

/**
 * What a stream has done so far. When it has ended well, frames are those dropped, answered and failed.
 *
 * @param frames that the source gave
 * @param dropped for newer ones ({@link FramePolicy#NEWEST_FRAME})
 * @param answered handed to the consumer
 * @param failed that were not usable images
 * @param medianLatency of the last 1,024 answers, from the source to the consumer; zero without any
 * @param latency95 the latency that 95 % of them keep within
 * @param longestLatency of all answers
 */
public record StreamStatistics(
        long frames,
        long dropped,
        long answered,
        long failed,
        Duration medianLatency,
        Duration latency95,
        Duration longestLatency) {}
