package org.elasticvision.runtime.evaluation.report;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.metrics.curve.Calibration;
import org.elasticvision.runtime.metrics.curve.PrecisionRecallCurve;

/** A chart as SVG whose axes both go from 0 to 1. For one thread. */
final class UnitChart {
    private static final int SIDE = 300;
    private static final int LEFT = 40;
    private static final int TOP = 8;
    private static final int BOTTOM = 36;
    private static final int TICKS = 4;

    private final StringBuilder svg = new StringBuilder();
    private final String title;

    UnitChart(String title, String horizontal, String vertical) {
        this.title = title;
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = (double) tick / TICKS;
            line("grid", 0, value, 1, value);
            text("end", LEFT - 6, y(value), 0, String.format(Locale.ROOT, "%.2f", value));
            text("middle", x(value), TOP + SIDE + 15, 0, String.format(Locale.ROOT, "%.2f", value));
        }
        text("middle", x(0.5), TOP + SIDE + 30, 0, horizontal);
        text("middle", 9, y(0.5), -90, vertical);
    }

    UnitChart diagonal() {
        line("diagonal", 0, 0, 1, 1);
        return this;
    }

    /** The steps whose area is the average precision. */
    UnitChart steps(List<PrecisionRecallCurve.Point> points) {
        svg.append("<polyline class=\"line c0\" points=\"");
        double recall = 0;
        for (PrecisionRecallCurve.Point point : points) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f %.1f,%.1f ",
                    x(recall),
                    y(point.precision()),
                    x(point.recall()),
                    y(point.precision())));
            recall = point.recall();
        }
        svg.append("\"/>\n");
        return this;
    }

    UnitChart bars(List<Calibration.Bin> bins) {
        for (Calibration.Bin bin : bins) {
            if (bin.count() > 0) {
                double from = (double) bin.index() / bins.size();
                double to = (bin.index() + 1.0) / bins.size();
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"bin\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%.3f to %.3f:"
                                + " %,d, mean probability %.4f, right %.4f</title></rect>\n",
                        x(from) + 1,
                        y(bin.accuracy()),
                        x(to) - x(from) - 2,
                        y(0) - y(bin.accuracy()),
                        from,
                        to,
                        bin.count(),
                        bin.probability(),
                        bin.accuracy()));
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"c1\" r=\"3.5\" cx=\"%.1f\" cy=\"%.1f\"/>\n",
                        x(bin.probability()),
                        y(bin.accuracy())));
            }
        }
        return this;
    }

    String figure() {
        return String.format(
                Locale.ROOT,
                "<figure class=\"chart\"><figcaption><b>%s</b></figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"%1$s\">\n%s</svg></figure>\n",
                HtmlText.escape(title),
                LEFT + SIDE + 16,
                TOP + SIDE + BOTTOM,
                svg);
    }

    private void line(String style, double fromX, double fromY, double toX, double toY) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x(fromX),
                y(fromY),
                x(toX),
                y(toY)));
    }

    private void text(String anchor, double x, double y, int turn, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text text-anchor=\"%s\" dy=\"0.35em\" transform=\"translate(%.1f %.1f) rotate(%d)\">%s</text>\n",
                anchor,
                x,
                y,
                turn,
                HtmlText.escape(words)));
    }

    private static double x(double value) {
        return LEFT + SIDE * value;
    }

    private static double y(double value) {
        return TOP + SIDE * (1 - value);
    }
}
