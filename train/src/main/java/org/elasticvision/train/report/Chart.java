package org.elasticvision.train.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.elasticvision.train.progress.MetricsRecord;

/**
 * Lines over one horizontal axis.
 *
 * @param title above it
 * @param horizontal what the horizontal axis counts
 * @param lines at least one
 */
record Chart(String title, String horizontal, List<Line> lines) {
    private static final double MANY_TIMES = 50;

    /** A point; both numbers are finite. */
    public record Point(double x, double y) {
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("point " + x + ", " + y + " must be finite");
            }
        }
    }

    /**
     * A line.
     *
     * @param name in the legend
     * @param points from left to right; at least one
     */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("line '" + name + "' has no points");
            }
        }

        /** A figure of a run over its epochs; empty where no record has it as a finite number. */
        static List<Line> of(String name, List<MetricsRecord> records, String metric) {
            List<Point> points = records.stream()
                    .filter(record -> Double.isFinite(record.values().getOrDefault(metric, Double.NaN)))
                    .map(record -> new Point(record.epoch(), record.values().get(metric)))
                    .toList();
            return points.isEmpty() ? List.of() : List.of(new Line(name, points));
        }
    }

    public Chart {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("chart '" + title + "' has no lines");
        }
    }

    /**
     * {@return the curves of a run over its epochs: losses (figures named {@code …_loss}), errors ({@code …_error}),
     * learning rates ({@code learning_rate…}), and all other figures of validation ({@code val_…}); only those that
     * have points}
     *
     * @param records in order
     */
    public static List<Chart> of(List<MetricsRecord> records) {
        Set<String> names = new LinkedHashSet<>();
        records.forEach(record -> names.addAll(record.values().keySet()));
        Predicate<String> loss = name -> name.endsWith("_loss");
        Predicate<String> error = name -> name.endsWith("_error");
        Predicate<String> rate = name -> name.startsWith("learning_rate");
        Predicate<String> other = name -> name.startsWith("val_");
        List<Chart> charts = new ArrayList<>();
        add(charts, "Loss", records, names, loss);
        add(charts, "Error", records, names, error);
        add(
                charts,
                "On validation pictures",
                records,
                names,
                other.and(loss.negate()).and(error.negate()));
        add(charts, "Learning rate", records, names, rate);
        return List.copyOf(charts);
    }

    private static void add(
            List<Chart> charts,
            String title,
            List<MetricsRecord> records,
            Set<String> names,
            Predicate<String> wanted) {
        List<Line> lines = names.stream()
                .filter(wanted)
                .flatMap(name -> Line.of(words(name), records, name).stream())
                .toList();
        if (!lines.isEmpty()) {
            charts.add(new Chart(title, "epoch", lines));
        }
    }

    /** A figure's human-readable name: {@code val_mean_iou} is {@code validation mean IoU}. */
    static String words(String metric) {
        String words = (" " + metric.replace('_', ' ') + " ")
                .replace(" val ", " validation ")
                .replace(" train ", " training ")
                .replace(" iou ", " IoU ")
                .replace(" f1 ", " F1 ")
                .replace(" map ", " mAP ");
        return words.strip();
    }

    /** Whether the values span so much that only a logarithmic axis shows them. */
    boolean logarithmic() {
        double lowest = ys().min().orElseThrow();
        return lowest > 0 && ys().max().orElseThrow() > MANY_TIMES * lowest;
    }

    DoubleStream xs() {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::x);
    }

    DoubleStream ys() {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y);
    }

    /** A number short enough for an axis or a table, as precise as four digits are. */
    static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e6) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 1e5 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.2e", value)
                    .replaceFirst("\\.?0*e", "e")
                    .replaceFirst("e([+-])0*", "e$1");
        }
        int decimals = (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
