package org.elasticvision.runtime.explain.page;

import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.explain.ScalePolicy;
import org.elasticvision.runtime.explain.picture.HeatColors;
import org.elasticvision.runtime.io.HtmlText;

/** The scale policy of an image as an SVG picture: a bar for each block. Stateless. */
final class PolicyChart {
    private static final double WIDTH = 620;
    private static final double LEFT = 58;
    private static final double TOP = 8;
    private static final double HALF = 70;
    private static final double WIDEST = 46;
    private static final double LETTER = 7;
    private static final int LONGEST_NAME = 24; // level4.tree1.tree1.tree2
    private static final int MOST_NAMES = 26;

    private PolicyChart() {}

    static String svg(ScalePolicy policy) {
        List<ScalePolicy.Block> blocks = policy.blocks();
        boolean named = blocks.size() <= MOST_NAMES;
        double step = Math.min(WIDEST, (WIDTH - LEFT - 6) / blocks.size());
        double middle = TOP + HALF;
        double bottom = middle + HALF;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg width=\"%.0f\" viewBox=\"0 0 %1$.0f %.0f\" role=\"img\" aria-label=\"Scale policy\">%n",
                LEFT + step * blocks.size() + 6,
                bottom
                        + (named
                                ? depth(blocks.stream()
                                        .map(ScalePolicy.Block::name)
                                        .toList())
                                : 22)));
        text(svg, LEFT - 8, middle - HALF + 12, "end", "high");
        text(svg, LEFT - 8, bottom - 4, "end", "low");
        double largest = policy.largest();
        for (int i = 0; i < blocks.size(); i++) {
            ScalePolicy.Block block = blocks.get(i);
            double length = largest > 0 ? Math.abs(block.score()) / largest * HALF : 0;
            double x = LEFT + i * step;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s, %dx%d: high %.4f, low"
                            + " %.4f, score %+.4f</title></rect>%n",
                    x,
                    block.isHigh() ? middle - length : middle,
                    step * 0.82,
                    Math.max(0.5, length),
                    HeatColors.css(HeatColors.difference(block.isHigh() ? 1 : -1)),
                    HtmlText.escape(block.name()),
                    block.width(),
                    block.height(),
                    block.high(),
                    block.low(),
                    block.score()));
            if (named) {
                upright(svg, x + step * 0.41 + 4, bottom + 6, block.name());
            } else if (i == 0 || (i + 1) % 10 == 0) {
                text(svg, x + step * 0.41, bottom + 16, "middle", Integer.toString(i + 1));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"a\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                LEFT - 4,
                middle,
                LEFT + step * blocks.size(),
                middle));
        return svg.append("</svg>\n").toString();
    }

    static void text(StringBuilder svg, double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                HtmlText.escape(words)));
    }

    /** Text that reads from the bottom up and ends at its place. */
    static void upright(StringBuilder svg, double x, double y, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"end\">%s</text>%n",
                x,
                y,
                HtmlText.escape(end(words))));
    }

    /** {@return the room that the names need below the bars, in pixels} */
    static double depth(List<String> names) {
        int letters = names.stream().mapToInt(name -> end(name).length()).max().orElse(0);
        return 10 + LETTER * letters;
    }

    /** Of a long name the end, which tells one from another. */
    private static String end(String words) {
        return words.length() <= LONGEST_NAME ? words : "…" + words.substring(words.length() - LONGEST_NAME + 1);
    }
}
