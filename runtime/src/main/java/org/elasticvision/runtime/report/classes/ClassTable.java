package org.elasticvision.runtime.report.classes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.elasticvision.runtime.io.CsvText;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.metrics.ClassCounts;
import org.elasticvision.runtime.metrics.ClassificationResult;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.metrics.PrecisionRecall;
import org.elasticvision.runtime.metrics.SegmentationResult;
import org.elasticvision.runtime.metrics.confusion.ClassConfusion;
import org.elasticvision.runtime.metrics.confusion.Confusion;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Figures of each class.
 *
 * @param columns what the cells are, in words, after the class's name
 * @param rows the worst first; classes without images last
 */
record ClassTable(List<String> columns, List<Row> rows) {
    /** So the worst comes first; what there is nothing of comes last. */
    private static final Comparator<Row> WORST_FIRST = Comparator.<Row>comparingInt(row -> row.total() == 0 ? 1 : 0)
            .thenComparingDouble(Row::score)
            .thenComparing(Comparator.comparingLong(Row::total).reversed())
            .thenComparingInt(Row::index);

    /**
     * A class.
     *
     * @param total images or pixels that are of it
     * @param score which the order goes by, in percent
     * @param cells a Long is a count, a Double a percentage, a String a text; empty where there is nothing to say
     */
    record Row(int index, String name, long total, double score, List<Optional<Object>> cells) {}

    ClassTable {
        columns = List.copyOf(columns);
        rows = rows.stream().sorted(WORST_FIRST).toList();
    }

    static ClassTable of(ClassificationResult result, List<String> names) {
        long[] answered = new long[names.size()];
        result.confusion().cells().forEach(cell -> answered[cell.answer()] += cell.count());
        List<Row> rows = result.confusion().byClass().stream()
                .map(one -> new Row(
                        one.index(),
                        names.get(one.index()),
                        one.total(),
                        one.accuracy(),
                        List.of(
                                Optional.of(one.total()),
                                known(one.total(), one.accuracy()),
                                known(answered[one.index()], Ratio.percent(one.right(), answered[one.index()])),
                                most(one, confusion -> names.get(confusion.answer())),
                                most(one, Confusion::count))))
                .toList();
        return new ClassTable(List.of("images", "top-1 accuracy", "precision", "most often taken for", "times"), rows);
    }

    static ClassTable of(MultiLabelResult result, List<String> names) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < result.classes().size(); i++) {
            ClassCounts counts = result.classes().get(i);
            PrecisionRecall means = PrecisionRecall.of(counts);
            long present = counts.truePositives() + counts.falseNegatives();
            long answered = counts.truePositives() + counts.falsePositives();
            rows.add(new Row(
                    i,
                    names.get(i),
                    present + answered,
                    means.f1(),
                    List.of(
                            Optional.of(present),
                            Optional.of(answered),
                            known(answered, means.precision()),
                            known(present, means.recall()),
                            known(present + answered, means.f1()))));
        }
        return new ClassTable(List.of("images", "answered", "precision", "recall", "F1"), rows);
    }

    static ClassTable of(SegmentationResult result, List<String> names) {
        List<Row> rows = result.confusion().byClass().stream()
                .map(one -> {
                    long union = result.classes().get(one.index()).union();
                    double iou = 100 * result.classes().get(one.index()).iou();
                    return new Row(
                            one.index(),
                            names.get(one.index()),
                            union,
                            iou,
                            List.of(
                                    Optional.of(one.total()),
                                    known(union, iou),
                                    known(one.total(), one.accuracy()),
                                    most(one, confusion -> names.get(confusion.answer())),
                                    most(one, Confusion::count)));
                })
                .toList();
        return new ClassTable(List.of("pixels", "IoU", "pixel accuracy", "most often taken for", "times"), rows);
    }

    private static Optional<Object> known(long total, double percent) {
        return total == 0 ? Optional.empty() : Optional.of(percent);
    }

    private static Optional<Object> most(ClassConfusion row, Function<Confusion, Object> what) {
        return row.most().map(what);
    }

    /**
     * With one more column.
     *
     * @param column its name
     * @param percents of each class, by index; NaN where there is nothing to say
     */
    ClassTable with(String column, double[] percents) {
        List<Row> wider = rows.stream()
                .map(row -> {
                    Optional<Object> cell =
                            Double.isNaN(percents[row.index()]) ? Optional.empty() : Optional.of(percents[row.index()]);
                    return new Row(
                            row.index(),
                            row.name(),
                            row.total(),
                            row.score(),
                            Stream.concat(row.cells().stream(), Stream.of(cell)).toList());
                })
                .toList();
        return new ClassTable(Stream.concat(columns.stream(), Stream.of(column)).toList(), wider);
    }

    /**
     * As a table within a page.
     *
     * @param most rows
     * @param elsewhere where all are, as a clause; may be empty
     */
    String html(int most, String elsewhere) {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"classes\">\n<tr><th>class</th>");
        columns.forEach(name -> html.append("<th class=\"number\">")
                .append(HtmlText.escape(name))
                .append("</th>"));
        html.append("</tr>\n");
        for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
            html.append("<tr><th scope=\"row\">")
                    .append(HtmlText.escape(row.name()))
                    .append("</th>");
            row.cells().forEach(cell -> html.append("<td class=\"number\">")
                    .append(HtmlText.escape(cell.map(ClassTable::words).orElse("")))
                    .append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table></div>\n<p class=\"note\">The worst first");
        if (rows.size() > most) {
            html.append(String.format(Locale.ROOT, ": %,d of %,d classes", most, rows.size()));
        }
        return html.append(elsewhere).append(".</p>\n").toString();
    }

    private static String words(Object cell) {
        if (cell instanceof Double percent) {
            return String.format(Locale.ROOT, "%.2f %%", percent);
        }
        return cell instanceof Long count ? String.format(Locale.ROOT, "%,d", count) : cell.toString();
    }

    String csv() {
        List<String> names = columns.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[ -]", "_"))
                .toList();
        StringBuilder csv =
                new StringBuilder("index,class,").append(CsvText.line(names)).append('\n');
        for (Row row : rows) {
            Stream<Object> cells = row.cells().stream().map(cell -> cell.orElse(""));
            csv.append(CsvText.line(Stream.concat(Stream.of(row.index(), row.name()), cells)
                            .toList()))
                    .append('\n');
        }
        return csv.toString();
    }
}
