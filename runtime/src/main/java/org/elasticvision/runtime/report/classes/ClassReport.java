package org.elasticvision.runtime.report.classes;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.metrics.ClassificationResult;
import org.elasticvision.runtime.metrics.Measures;
import org.elasticvision.runtime.metrics.MultiLabelResult;
import org.elasticvision.runtime.metrics.SegmentationResult;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;
import org.elasticvision.runtime.model.Label;

/**
 * How good a network is on each class: accuracy (classification), precision and recall (multi-label) or intersection over union
 * (segmentation), and which classes it confuses. Immutable.
 */
public final class ClassReport {
    /** Rows on a page; the file has all classes. */
    private static final int ROWS = 100;

    private final ClassTable table;
    private final Optional<Confusions> confusions;

    private ClassReport(ClassTable table, Optional<Confusions> confusions) {
        this.table = table;
        this.confusions = confusions;
    }

    /**
     * {@return the report of a result}
     *
     * @param measures of a model
     * @param labels its classes, in class order
     */
    public static ClassReport of(Measures measures, List<Label> labels) {
        List<String> names = labels.stream().map(Label::name).toList();
        if (measures instanceof ClassificationResult result) {
            return new ClassReport(
                    ClassTable.of(result, names), Optional.of(confusions(result.confusion(), names, "images")));
        }
        if (measures instanceof SegmentationResult result) {
            return new ClassReport(
                    ClassTable.of(result, names), Optional.of(confusions(result.confusion(), names, "pixels")));
        }
        return new ClassReport(ClassTable.of((MultiLabelResult) measures, names), Optional.empty());
    }

    private static Confusions confusions(ConfusionMatrix matrix, List<String> names, String unit) {
        return new Confusions(matrix, names, unit);
    }

    /** {@return headings, a table of at most 100 classes, the worst first, and what is confused with what} */
    public String html() {
        return html(ROWS, "; all are in classes.csv");
    }

    /** {@return the same with all classes} */
    public String htmlOfAll() {
        return html(Integer.MAX_VALUE, "");
    }

    private String html(int rows, String elsewhere) {
        StringBuilder html = new StringBuilder("<h3>Classes, on validation images</h3>\n");
        html.append(table.html(rows, elsewhere));
        confusions.ifPresent(one -> html.append(one.html()));
        return html.toString();
    }

    /**
     * {@return the same with one more column}
     *
     * @param column its name
     * @param percents of each class, in class order; NaN where there is nothing to say
     */
    public ClassReport with(String column, double[] percents) {
        return new ClassReport(table.with(column, percents), confusions);
    }

    /** {@return a line for each class, the worst first, under a line with the names of the columns; a part is empty where it is not known} */
    public String csv() {
        return table.csv();
    }
}
