package org.elasticvision.runtime.report.classes;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.metrics.confusion.ClassConfusion;
import org.elasticvision.runtime.metrics.confusion.Confusion;
import org.elasticvision.runtime.metrics.confusion.ConfusionMatrix;

/** A confusion matrix as SVG: a row for each true class, a column for each answer, darker where more of the row is. */
final class ConfusionMap {
    private static final int SIDE = 900;
    private static final int GAP = 6;
    private static final int WIDTH_OF_LETTER = 7;
    private static final int LARGEST_CELL = 64;
    private static final int SMALLEST_CELL_WITH_NUMBER = 36;
    private static final int LONGEST_NAME = 20;
    private static final double FAINTEST = 0.08;

    private final ConfusionMatrix matrix;
    private final List<String> names;
    private final String unit;
    /** Room for names. */
    private final int margin;

    private final double cell;
    private final StringBuilder svg = new StringBuilder();

    ConfusionMap(ConfusionMatrix matrix, List<String> names, String unit) {
        this.matrix = matrix;
        this.names = names;
        this.unit = unit;
        this.margin = 2 * GAP
                + WIDTH_OF_LETTER
                        * names.stream()
                                .mapToInt(name -> shortened(name).length())
                                .max()
                                .orElse(0);
        this.cell = Math.min(LARGEST_CELL, (double) (SIDE - margin) / matrix.classes());
    }

    String figure() {
        double side = margin + cell * matrix.classes() + 1;
        svg.append(
                "<figure class=\"chart confusion\"><figcaption>Rows are the true classes, columns the answers; the darker, the"
                        + " more of the row's ");
        svg.append(HtmlText.escape(unit)).append(".</figcaption>\n");
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %1$.0f %1$.0f\" style=\"max-width:%1$.0fpx\" role=\"img\""
                        + " aria-label=\"Confusion matrix\">\n",
                side));
        for (int i = 0; i < matrix.classes(); i++) {
            name(i);
        }
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"frame\" x=\"%1$d\" y=\"%1$d\" width=\"%2$.1f\" height=\"%2$.1f\"/>\n",
                margin,
                cell * matrix.classes()));
        List<ClassConfusion> rows = matrix.byClass();
        matrix.cells().forEach(one -> cell(one, rows.get(one.truth())));
        return svg.append("</svg></figure>\n").toString();
    }

    private void name(int index) {
        double middle = margin + cell * (index + 0.5);
        String name = HtmlText.escape(shortened(names.get(index)));
        svg.append(String.format(
                Locale.ROOT,
                "<text text-anchor=\"end\" x=\"%d\" y=\"%.1f\" dy=\"0.35em\">%s</text>\n",
                margin - GAP,
                middle,
                name));
        svg.append(String.format(
                Locale.ROOT,
                "<text dy=\"0.35em\" transform=\"translate(%.1f %d) rotate(-90)\">%s</text>\n",
                middle,
                margin - GAP,
                name));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    private void cell(Confusion one, ClassConfusion row) {
        double part = (double) one.count() / row.total();
        double x = margin + cell * one.answer();
        double y = margin + cell * one.truth();
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %s, %,d of %,d %s (%.1f %%)</title>",
                HtmlText.escape(names.get(one.truth())),
                one.isRight() ? "right" : "taken for " + HtmlText.escape(names.get(one.answer())),
                one.count(),
                row.total(),
                HtmlText.escape(unit),
                100 * part));
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" fill-opacity=\"%.3f\" x=\"%.1f\" y=\"%.1f\" width=\"%5$.1f\" height=\"%5$.1f\"/>",
                one.isRight() ? "right" : "wrong",
                FAINTEST + (1 - FAINTEST) * part,
                x,
                y,
                cell));
        if (cell >= SMALLEST_CELL_WITH_NUMBER) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\" dy=\"0.35em\"%s>%.0f %%</text>",
                    x + cell / 2,
                    y + cell / 2,
                    part >= 0.5 ? " class=\"on-dark\"" : "",
                    100 * part));
        }
        svg.append("</g>\n");
    }
}
