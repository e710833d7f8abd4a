package org.elasticvision.runtime.stream;

import java.time.Duration;

/**
 * The answer about one frame.
 *
 * @param latency from when the source gave the frame until the answer was handed on
 */
public record FrameAnswer<A>(Frame frame, A answer, Duration latency) {}
