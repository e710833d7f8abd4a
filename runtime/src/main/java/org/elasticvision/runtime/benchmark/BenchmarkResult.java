package org.elasticvision.runtime.benchmark;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;
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
 * @param coldStart from the start of a process to its first answer: of this one, without the time that other things than this model
 *     took meanwhile, or of {@code elastic predict} where that was measured by itself
 * @param ofCommand whether {@code coldStart} is that of {@code elastic predict}
 * @param load to open the model
 * @param firstAnswer to the first answer of the open model
 * @param peakBytes the most memory that the process ever had resident; empty where the system does not tell
 * @param observation what a plug-in that runs the model was seen to do; empty where none does
 * @param choice what {@code auto} took to run the model, and why; empty where the provider was named
 */
public record BenchmarkResult(
        ModelInfo model,
        long images,
        double seconds,
        int batch,
        Latencies latencies,
        StageMedians stages,
        Duration coldStart,
        boolean ofCommand,
        Duration load,
        Duration firstAnswer,
        OptionalLong peakBytes,
        Optional<Observation> observation,
        Optional<EngineChoice> choice) {

    /** {@return images that were answered in each second} */
    public double imagesPerSecond() {
        return images / seconds;
    }

    /**
     * The same with another cold start.
     *
     * @param time from the start of {@code elastic predict} to its answer
     * @return as this one otherwise
     */
    public BenchmarkResult withStartOfCommand(Duration time) {
        return new BenchmarkResult(
                model,
                images,
                seconds,
                batch,
                latencies,
                stages,
                time,
                true,
                load,
                firstAnswer,
                peakBytes,
                observation,
                choice);
    }
}
