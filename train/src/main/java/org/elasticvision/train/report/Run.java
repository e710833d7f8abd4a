package org.elasticvision.train.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.report.classes.ClassReport;
import org.elasticvision.train.progress.MetricsRecord;

/**
 * What a {@link Report} says of one training run. Maps keep their order: it is the order on the page.
 *
 * @param title such as {@code Classification}
 * @param note what should be known of it; may be empty
 * @param command that repeats it; may be empty
 * @param best the results by what they are, such as {@code top-1 accuracy} and {@code 91.2 %}
 * @param facts tables by their titles, such as {@code Recipe}, {@code Data} and {@code Device}
 * @param records an entry for each epoch
 * @param samples pictures with answers
 * @param classes how good the best network is on each class; empty where that is not known
 */
public record Run(
        String title,
        String note,
        String command,
        Map<String, String> best,
        Map<String, Map<String, String>> facts,
        List<MetricsRecord> records,
        List<Sample> samples,
        Optional<ClassReport> classes) {
    public Run {
        best = Collections.unmodifiableMap(new LinkedHashMap<>(best));
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        facts.forEach((name, rows) -> tables.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(rows))));
        facts = Collections.unmodifiableMap(tables);
        records = List.copyOf(records);
        samples = List.copyOf(samples);
    }
}
