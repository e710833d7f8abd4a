package org.elasticvision.train.report;

import java.util.Locale;
import org.elasticvision.runtime.io.HtmlText;

/** A {@link Chart} as SVG within a page, whose style sheet colours it and whose script shows the values under the pointer. */
final class SvgChart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 270;
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 38;
    private static final int COLORS = 5;
    private static final int MARKED_POINTS = 30;

    private final Chart chart;
    private final Axis horizontal;
    private final Axis vertical;
    private final StringBuilder svg = new StringBuilder();

    private SvgChart(Chart chart) {
        this.chart = chart;
        horizontal = Axis.tight(chart.xs().min().orElseThrow(), chart.xs().max().orElseThrow());
        vertical = Axis.round(chart.ys().min().orElseThrow(), chart.ys().max().orElseThrow(), chart.logarithmic());
    }

    /** A figure with title, legend and curves. */
    static String figure(Chart chart) {
        return new SvgChart(chart).figure();
    }

    private String figure() {
        svg.append("<figure class=\"chart\"><figcaption><b>")
                .append(HtmlText.escape(chart.title()))
                .append("</b>");
        for (int i = 0; i < chart.lines().size(); i++) {
            svg.append(" <span class=\"key\"><i class=\"c").append(i % COLORS).append("\"></i>");
            svg.append(HtmlText.escape(chart.lines().get(i).name())).append("</span>");
        }
        svg.append("</figcaption>\n<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT);
        svg.append("\" role=\"img\" aria-label=\"")
                .append(HtmlText.escape(chart.title()))
                .append("\">\n");
        axes();
        for (int i = 0; i < chart.lines().size(); i++) {
            line(chart.lines().get(i), i % COLORS);
        }
        return svg.append("<line class=\"cursor\" y1=\"")
                .append(TOP)
                .append("\" y2=\"")
                .append(HEIGHT - BOTTOM)
                .append("\"/>\n</svg><div class=\"values\"></div></figure>\n")
                .toString();
    }

    private void axes() {
        for (double tick : vertical.ticks()) {
            String y = y(tick);
            svg.append("<line class=\"grid\" x1=\"")
                    .append(LEFT)
                    .append("\" x2=\"")
                    .append(WIDTH - RIGHT);
            svg.append("\" y1=\"").append(y).append("\" y2=\"").append(y).append("\"/>");
            text("end", number(LEFT - 6), y, "0.35em", Chart.number(tick));
        }
        for (double tick : horizontal.ticks()) {
            text("middle", x(tick), number(HEIGHT - BOTTOM + 16), "0", Chart.number(tick));
        }
        text("middle", number((LEFT + WIDTH - RIGHT) / 2.0), number(HEIGHT - 6), "0", chart.horizontal());
    }

    private void text(String anchor, String x, String y, String dy, String words) {
        svg.append("<text text-anchor=\"")
                .append(anchor)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        svg.append("\" dy=\"")
                .append(dy)
                .append("\">")
                .append(HtmlText.escape(words))
                .append("</text>\n");
    }

    private void line(Chart.Line line, int color) {
        svg.append("<polyline class=\"line c").append(color).append("\" points=\"");
        for (Chart.Point point : line.points()) {
            svg.append(x(point.x())).append(',').append(y(point.y())).append(' ');
        }
        svg.append("\"/>\n");
        String radius = line.points().size() <= MARKED_POINTS ? "3" : "0";
        for (Chart.Point point : line.points()) {
            svg.append("<circle class=\"c").append(color).append("\" r=\"").append(radius);
            svg.append("\" cx=\"").append(x(point.x())).append("\" cy=\"").append(y(point.y()));
            svg.append("\" data-x=\"")
                    .append(HtmlText.escape(chart.horizontal()))
                    .append(' ');
            svg.append(Chart.number(point.x()))
                    .append("\" data-y=\"")
                    .append(HtmlText.escape(line.name()))
                    .append(' ');
            svg.append(Chart.number(point.y())).append("\"/>");
        }
        svg.append('\n');
    }

    private String x(double value) {
        return number(LEFT + (WIDTH - LEFT - RIGHT) * horizontal.place(value));
    }

    private String y(double value) {
        return number(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * vertical.place(value));
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
