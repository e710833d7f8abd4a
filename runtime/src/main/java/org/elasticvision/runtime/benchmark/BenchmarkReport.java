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
    public BenchmarkReport {
        nodes = List.copyOf(nodes);
    }
}
