package org.elasticvision.runtime.onnx.drawing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.HtmlText;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.layer.GraphLayer;
import org.elasticvision.runtime.onnx.layer.GraphLayers;

/**
 * A network as one SVG file that needs nothing else: its blocks in their order, in columns; in each block the layers from top to bottom, branches
 * side by side. What a block takes from outside is named in a box at its head. For one thread.
 */
public final class NetworkDrawing {
    private static final int MARGIN = 24;
    private static final int HEADER = 30;
    private static final int BETWEEN = 26;
    private static final int TITLE = 44;
    private static final int LINE = 14;
    private static final double GLYPH = 6.6;
    private static final int LONGEST = (int) ((Router.BOX_WIDTH - 12) / GLYPH);
    private static final double WIDE = 1.5;
    private static final String STYLE =
            "text{font:11px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#1d2733}"
                    + ".head{font-weight:bold}.title{font-size:15px;font-weight:bold}.small{fill:#5a6673}"
                    + ".frame{fill:#f6f8fa;stroke:#c9d1d9}.box{stroke:#7a8896;rx:4}.weights{fill:#d7e8fb}.join{fill:#fde7c4}"
                    + ".resize{fill:#dcefdc}.other{fill:#fff}.entrance{fill:#eceff2;stroke-dasharray:3 2}"
                    + ".flow{fill:none;stroke:#41505f;stroke-width:1.2;marker-end:url(#arrow)}";

    private final StringBuilder svg = new StringBuilder(1 << 16);
    private final Map<String, GraphLayer> makers = new HashMap<>();
    private final Map<String, String> inputs = new LinkedHashMap<>();

    private NetworkDrawing() {}

    /**
     * Draws an ONNX model.
     *
     * @param model the file
     * @param drawing the SVG file to write
     * @return how many layers and blocks it has, human-readable
     * @throws ModelException where it is missing, damaged, not an ONNX model or cannot be run
     */
    public static String write(Path model, Path drawing) {
        List<GraphLayer> layers = GraphLayers.of(model);
        if (layers.isEmpty()) {
            throw new ModelException(model + " has no layers that could be drawn; give a network");
        }
        NetworkDrawing network = new NetworkDrawing();
        OnnxGraph.read(model)
                .inputs()
                .forEach(input -> network.inputs.put(input.name(), input.shape() == null ? "?" : text(input.shape())));
        layers.forEach(layer -> layer.values().forEach(value -> network.makers.put(value, layer)));
        List<DrawnBlock> blocks = DrawnBlock.of(layers);
        String summary = layers.size() + " layers in " + blocks.size() + (blocks.size() == 1 ? " block" : " blocks");
        byte[] bytes = network.draw(String.valueOf(model.getFileName()), summary, blocks)
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(drawing, out -> out.write(bytes));
        return summary;
    }

    private static String text(long... shape) {
        return Arrays.stream(shape)
                .mapToObj(length -> length < 0 ? "N" : Long.toString(length))
                .collect(Collectors.joining("x"));
    }

    private String draw(String name, String summary, List<DrawnBlock> blocks) {
        List<BlockLayout> layouts = blocks.stream()
                .map(block -> new BlockLayout(block, makers, inputs))
                .toList();
        List<Router> routers = layouts.stream().map(Router::new).toList();
        long area = routers.stream()
                .mapToLong(router -> (long) (width(router) + MARGIN) * (height(router) + BETWEEN))
                .sum();
        int limit = Math.max(
                routers.stream().mapToInt(NetworkDrawing::height).max().orElse(0), (int) Math.sqrt(area / WIDE));
        int left = MARGIN;
        int top = MARGIN + TITLE;
        int columnWidth = 0;
        int bottom = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Router router = routers.get(i);
            boolean begins = i == 0;
            if (top > MARGIN + TITLE && top + height(router) > MARGIN + TITLE + limit) {
                left += columnWidth + MARGIN;
                top = MARGIN + TITLE;
                columnWidth = 0;
                begins = true;
            }
            if (!begins && follows(blocks.get(i - 1), blocks.get(i))) {
                int x = left + MARGIN;
                svg.append("<path class=\"flow\" d=\"M").append(x).append(' ').append(top - BETWEEN);
                svg.append('V').append(top - 1).append("\"/>\n");
            }
            block(blocks.get(i), layouts.get(i), router, left, top);
            top += height(router) + BETWEEN;
            bottom = Math.max(bottom, top);
            columnWidth = Math.max(columnWidth, width(router));
        }
        return page(name, summary, Math.max(left + columnWidth + MARGIN, 2 * MARGIN + Router.BOX_WIDTH * 2), bottom);
    }

    private static boolean follows(DrawnBlock before, DrawnBlock block) {
        GraphLayer last = before.layers().get(before.layers().size() - 1);
        return block.layers().stream()
                .anyMatch(layer -> layer.sources().stream().anyMatch(last.values()::contains));
    }

    private static int width(Router router) {
        return router.width();
    }

    private static int height(Router router) {
        return router.height() + HEADER + LINE;
    }

    private void block(DrawnBlock block, BlockLayout layout, Router router, int left, int top) {
        svg.append("<g transform=\"translate(")
                .append(left)
                .append(' ')
                .append(top)
                .append(")\">\n");
        svg.append("<rect class=\"frame\" width=\"").append(width(router)).append("\" height=\"");
        svg.append(height(router)).append("\"/>\n");
        String count = block.layers().size() + (block.layers().size() == 1 ? " layer" : " layers");
        int room = (int) ((width(router) - 20) / GLYPH) - count.length() - 2;
        String head = shortened(block.name(), room);
        text("head", head, 10, 19);
        text("small", count, (int) (width(router) - 10 - count.length() * GLYPH), 19);
        svg.append("<g transform=\"translate(0 ").append(HEADER).append(")\">\n");
        router.paths()
                .forEach(path ->
                        svg.append("<path class=\"flow\" d=\"").append(path).append("\"/>\n"));
        for (DrawnBox box : layout.boxes()) {
            box(box, router.left(box), router.top(box));
        }
        svg.append("</g></g>\n");
    }

    private void box(DrawnBox box, int left, int top) {
        svg.append("<g transform=\"translate(")
                .append(left)
                .append(' ')
                .append(top)
                .append(")\"><title>");
        svg.append(HtmlText.escape(box.title())).append("</title>");
        svg.append("<rect class=\"box ")
                .append(box.kind())
                .append("\" width=\"")
                .append(Router.BOX_WIDTH);
        svg.append("\" height=\"").append(Router.BOX_HEIGHT).append("\"/>");
        for (int i = 0; i < box.lines().size(); i++) {
            text(i == 0 ? "head" : i == 1 ? "" : "small", shortened(box.lines().get(i), LONGEST), 6, LINE * (i + 1));
        }
        svg.append("</g>\n");
    }

    /** As wide as its letters should be, whatever font the browser has: it overlaps nothing. */
    private void text(String kind, String text, int x, int y) {
        if (text.isEmpty()) {
            return;
        }
        svg.append("<text class=\"")
                .append(kind)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        svg.append("\" textLength=\"").append(Math.round(text.length() * GLYPH));
        svg.append("\" lengthAdjust=\"spacingAndGlyphs\">")
                .append(HtmlText.escape(text))
                .append("</text>");
    }

    /** The end of a name tells more than its middle. */
    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int kept = Math.max(1, longest - 1);
        int ending = kept * 2 / 3;
        return text.substring(0, kept - ending) + "\u2026" + text.substring(text.length() - ending);
    }

    private String page(String name, String summary, int width, int height) {
        String size = width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\">\n<title>" + HtmlText.escape(name)
                + "</title>\n<style>" + STYLE + "</style>\n"
                + "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"6\" markerHeight=\"6\" orient=\"auto\">"
                + "<path d=\"M0 0L8 4L0 8z\" fill=\"#41505f\"/></marker></defs>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
                + "<text class=\"title\" x=\"" + MARGIN + "\" y=\"" + (MARGIN + 10) + "\">" + HtmlText.escape(name)
                + "</text>\n<text class=\"small\" x=\"" + MARGIN + "\" y=\"" + (MARGIN + 30) + "\">" + summary
                + "</text>\n"
                + svg + "</svg>\n";
    }
}
