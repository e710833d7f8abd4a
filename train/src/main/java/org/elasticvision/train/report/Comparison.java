package org.elasticvision.train.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.train.progress.MetricsRecord;

/**
 * Runs side by side, such as an Elastic network's and its twin's.
 *
 * @param title such as {@code Elastic and its twin}
 * @param note what was equal and what was not
 * @param metrics whose curves are drawn together, such as {@code val_error}
 * @param runs at least two
 */
public record Comparison(String title, String note, List<String> metrics, List<Compared> runs) {
    /**
     * A run in comparison.
     *
     * @param name in the table's head and in the legends
     * @param figures by what they are; rows of the table in this order
     * @param records an entry for each epoch
     */
    public record Compared(String name, Map<String, String> figures, List<MetricsRecord> records) {
        public Compared {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
            records = List.copyOf(records);
        }
    }

    public Comparison {
        metrics = List.copyOf(metrics);
        runs = List.copyOf(runs);
        if (runs.size() < 2) {
            throw new IllegalArgumentException("comparison '" + title + "' needs at least two runs");
        }
    }

    /** A chart for each metric that any of the runs has, a line for each run. */
    List<Chart> charts() {
        return metrics.stream()
                .map(metric -> new Curve(
                        metric,
                        runs.stream()
                                .flatMap(run -> Chart.Line.of(run.name(), run.records(), metric).stream())
                                .toList()))
                .filter(curve -> !curve.lines().isEmpty())
                .map(curve -> new Chart(Chart.words(curve.metric()), "epoch", curve.lines()))
                .toList();
    }

    private record Curve(String metric, List<Chart.Line> lines) {}
}
