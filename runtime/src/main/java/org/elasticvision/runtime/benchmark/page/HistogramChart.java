package org.elasticvision.runtime.benchmark.page;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.benchmark.Latencies;
import org.elasticvision.runtime.benchmark.Latencies.Bar;

/** A histogram as an SVG picture, with lines at the percentiles. */
public final class HistogramChart {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 260;
    private static final double LEFT = 10;
    private static final double TOP = 44;
    private static final double BOTTOM = 28;
    private static final int TICKS = 6;
    private static final double LABEL_HEIGHT = 13;

    private HistogramChart() {}

    public static String svg(Latencies latencies) {
        List<Bar> bars = latencies.bars();
        double from = bars.get(0).above();
        double to = bars.get(bars.size() - 1).upTo();
        long most = bars.stream().mapToLong(Bar::calls).max().orElse(1);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Histogram of latencies\">%n",
                WIDTH,
                HEIGHT));
        double step = (WIDTH - 2 * LEFT) / bars.size();
        double floor = HEIGHT - BOTTOM;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double height = (floor - TOP) * bar.calls() / most;
            if (bar.calls() > 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"b\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                                + "<title>%.2f to %.2f ms: %d</title></rect>%n",
                        LEFT + i * step,
                        floor - Math.max(1.5, height),
                        step - 1.5,
                        Math.max(1.5, height),
                        bar.above(),
                        bar.upTo(),
                        bar.calls()));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"a\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                LEFT,
                floor,
                WIDTH - LEFT,
                floor));
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = LEFT + (WIDTH - 2 * LEFT) * tick / TICKS;
            String anchor = tick == 0 ? "start" : tick == TICKS ? "end" : "middle";
            text(svg, "t", anchor, x, HEIGHT - 9, BenchmarkPage.number(from + (to - from) * tick / TICKS) + " ms");
        }
        mark(svg, "p50", latencies.p50(), from, to, 0);
        mark(svg, "p90", latencies.p90(), from, to, 1);
        mark(svg, "p99", latencies.p99(), from, to, 2);
        return svg.append("</svg>").toString();
    }

    /** Each percentile's name has a line of its own: they may lie close together. */
    private static void mark(StringBuilder svg, String name, double value, double from, double to, int line) {
        double x = LEFT + (WIDTH - 2 * LEFT) * Math.min(1, (value - from) / (to - from));
        double y = LABEL_HEIGHT * (line + 1) - 2;
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"m\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x,
                y - 9,
                x,
                HEIGHT - BOTTOM));
        boolean atTheEnd = x > WIDTH * 0.85;
        text(
                svg,
                "p",
                atTheEnd ? "end" : "start",
                atTheEnd ? x - 5 : x + 5,
                y,
                name + "  " + BenchmarkPage.number(value) + " ms");
    }

    private static void text(StringBuilder svg, String style, String anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                style,
                anchor,
                x,
                y,
                text));
    }
}
