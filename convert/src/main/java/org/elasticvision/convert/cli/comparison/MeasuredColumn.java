package org.elasticvision.convert.cli.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.model.Task;

/**
 * A column of the table.
 *
 * @param name its heading, with the unit
 * @param format of a number for people; empty for words
 * @param value a number, or words; empty where there is none
 */
record MeasuredColumn(String name, Optional<String> format, Function<MeasuredModel, Optional<?>> value) {
    private static final String NONE = "-";

    /** All columns, in their order. */
    static List<MeasuredColumn> of(Task task, boolean isOnData) {
        List<MeasuredColumn> columns = new ArrayList<>();
        columns.add(words("model", row -> row.file().toString()));
        columns.add(words("engine", MeasuredModel::engine));
        columns.add(words("precision", row -> row.speed().model().precision()));
        columns.add(number("MB", "%.1f", row -> Optional.of(row.bytes() / 1e6)));
        columns.add(number(
                "p50 ms", "%.2f", row -> Optional.of(row.speed().latencies().p50())));
        columns.add(number(
                "p99 ms", "%.2f", row -> Optional.of(row.speed().latencies().p99())));
        columns.add(number("images/s", "%.1f", row -> Optional.of(row.speed().imagesPerSecond())));
        if (isOnData) {
            columns.add(number(
                    task.scoreName() + " %", "%.2f", row -> row.accuracy().map(Measures::score)));
        }
        columns.add(number("max error", "%.3g", row -> row.distance()
                .map(distance -> distance.agreement().maxError())));
        columns.add(number("SNR dB", "%.1f", row -> row.distance()
                .map(distance -> distance.agreement().signalToNoise())));
        columns.add(number(
                MeasuredModel.nameOfSame(task), "%.2f", row -> row.sameAnswers().map(share -> 100 * share)));
        return columns;
    }

    private static MeasuredColumn words(String name, Function<MeasuredModel, String> value) {
        return new MeasuredColumn(name, Optional.empty(), value.andThen(Optional::of));
    }

    private static MeasuredColumn number(String name, String format, Function<MeasuredModel, Optional<Double>> value) {
        return new MeasuredColumn(name, Optional.of(format), value::apply);
    }

    boolean isNumber() {
        return format.isPresent();
    }

    /** For people: rounded, and a line where there is nothing. */
    String text(MeasuredModel row) {
        return value.apply(row).map(this::rounded).orElse(NONE);
    }

    private String rounded(Object found) {
        if (found instanceof Double number && number.isInfinite()) {
            return "exact"; // of the signal over errors that are all zero
        }
        return format.map(form -> String.format(Locale.ROOT, form, found)).orElse(found.toString());
    }

    /** For programs: all digits, and nothing where there is nothing. */
    String exact(MeasuredModel row) {
        return value.apply(row).map(Object::toString).orElse("");
    }
}
