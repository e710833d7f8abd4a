package org.elasticvision.runtime.benchmark;

import java.time.Duration;
import java.util.OptionalLong;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * What a benchmark found.
 *
 * @param model what the model says of itself
 * @param images answered while it was measured
 * @param seconds of the measurement, to the end of the last call that began in it
 * @param batch images in a call
 * @param latencies of calls
 * @param stages of calls
 * @param coldStart from the start of the process to the first answer, without the time that other things than this model took
 *     meanwhile
 * @param load to open the model
 * @param firstAnswer to the first answer of the open model
 * @param peakBytes the most memory that the process ever had resident; empty where the system does not tell
 */
public record BenchmarkResult(
        ModelInfo model,
        long images,
        double seconds,
        int batch,
        Latencies latencies,
        StageMedians stages,
        Duration coldStart,
        Duration load,
        Duration firstAnswer,
        OptionalLong peakBytes) {

    /** {@return images that were answered in each second} */
    public double imagesPerSecond() {
        return images / seconds;
    }
}
