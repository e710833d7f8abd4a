package org.elasticvision.runtime.explain.page;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.elasticvision.runtime.explain.picture.HeatColors;
import org.elasticvision.runtime.io.HtmlText;

/** A table of coloured cells as an SVG picture: a row for each group of images, a column for each block. Stateless. */
final class SurveyChart {
    private static final double WIDTH = 960;
    private static final double LETTER = 7.2;
    private static final double ROW = 20;
    private static final double WIDEST = 44;
    private static final int MOST_NAMES = 40;
    private static final int LONGEST = 24;

    private SurveyChart() {}

    /**
     * {@return the picture}
     *
     * @param rows the groups
     * @param blocks the names of the columns
     * @param colours for each row, -1 to 1
     * @param title of a cell, by its row and column
     */
    static String svg(
            List<SurveyRows.Row> rows,
            List<String> blocks,
            List<double[]> colours,
            BiFunction<SurveyRows.Row, Integer, String> title) {
        boolean named = blocks.size() <= MOST_NAMES;
        double left = 12
                + LETTER
                        * rows.stream()
                                .mapToInt(row -> name(row).length())
                                .max()
                                .orElse(0);
        double step = Math.min(WIDEST, (WIDTH - left - 4) / blocks.size());
        double bottom = ROW * rows.size();
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg width=\"%.0f\" viewBox=\"0 0 %1$.0f %.0f\" role=\"img\" aria-label=\"Scale policies by what is in the"
                        + " images\">%n",
                left + step * blocks.size() + 4,
                bottom + (named ? PolicyChart.depth(blocks) : 22)));
        for (int row = 0; row < rows.size(); row++) {
            PolicyChart.text(svg, left - 8, ROW * row + 14, "end", name(rows.get(row)));
            for (int i = 0; i < blocks.size(); i++) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s</title></rect>%n",
                        left + i * step,
                        ROW * row + 0.5,
                        step - 1,
                        ROW - 1,
                        HeatColors.css(HeatColors.difference(colours.get(row)[i])),
                        HtmlText.escape(title.apply(rows.get(row), i))));
            }
        }
        for (int i = 0; i < blocks.size(); i++) {
            double x = left + (i + 0.5) * step;
            if (named) {
                PolicyChart.upright(svg, x + 4, bottom + 6, blocks.get(i));
            } else if (i == 0 || (i + 1) % 10 == 0) {
                PolicyChart.text(svg, x, bottom + 16, "middle", Integer.toString(i + 1));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String name(SurveyRows.Row row) {
        String name = row.name().length() <= LONGEST ? row.name() : row.name().substring(0, LONGEST - 1) + "…";
        return name + " (" + row.group().images() + ")";
    }
}
