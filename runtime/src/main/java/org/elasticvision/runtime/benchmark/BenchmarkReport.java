package org.elasticvision.runtime.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.NodeTime;

/**
 * All there is to say about a measured model.
 *
 * @param images where they come from, in words
 * @param nodes what each node costs, the most expensive first; empty where that was not asked for
 */
public record BenchmarkReport(
        Path file,
        String images,
        EngineOptions engine,
        Load load,
        Machine machine,
        BenchmarkResult result,
        List<NodeTime> nodes) {
    /**
     * Checks what it is given.
     *
     * @param file the model file
     * @param images where they come from, in words
     * @param engine how it was opened
     * @param load how it was asked
     * @param machine where
     * @param result what was measured
     * @param nodes what each node costs, the most expensive first
     */
    public BenchmarkReport {
        nodes = List.copyOf(nodes);
    }
}
