package org.elasticvision.runtime.cli.layers;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.elasticvision.runtime.onnx.layer.GraphLayer;

/** Layers as a table and as JSON. What is not known is {@code ?} in the one and null in the other. */
public final class LayerTable {
    private static final String UNKNOWN = "?";

    private final List<GraphLayer> layers;

    /** @param layers in the order of the network */
    public LayerTable(List<GraphLayer> layers) {
        this.layers = List.copyOf(layers);
    }

    /** {@return a heading, a line for each layer, and the sums} */
    public List<String> lines() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"layer", "operator", "output", "FLOPs", "weight bytes", "precision"});
        for (GraphLayer layer : layers) {
            rows.add(new String[] {
                layer.name(),
                layer.operator(),
                shape(layer),
                number(layer.flops()),
                String.format(Locale.ROOT, "%,d", layer.weightBytes()),
                layer.precision().orElse(UNKNOWN)
            });
        }
        rows.add(new String[] {
            layers.size() + " layers",
            "",
            "",
            (isCounted() ? "" : "at least ") + number(OptionalLong.of(flops())),
            String.format(Locale.ROOT, "%,d", weightBytes()),
            precisions()
        });
        int[] widths = new int[rows.get(0).length];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String blanks = " ".repeat(widths[i] - row[i].length());
            boolean isNumber = i == 3 || i == 4;
            line.append(i == 0 ? "" : "  ").append(isNumber ? blanks + row[i] : row[i] + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static String shape(GraphLayer layer) {
        return layer.shape()
                .map(shape -> shape.isEmpty()
                        ? "scalar"
                        : shape.stream().map(String::valueOf).collect(Collectors.joining("x")))
                .orElse(UNKNOWN);
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%,d", number.getAsLong()) : UNKNOWN;
    }

    /** Such as {@code fp32 12, int8 40}. */
    private String precisions() {
        return layers.stream()
                .collect(Collectors.groupingBy(
                        layer -> layer.precision().orElse(UNKNOWN), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private boolean isCounted() {
        return layers.stream().allMatch(layer -> layer.flops().isPresent());
    }

    private long flops() {
        return layers.stream().mapToLong(layer -> layer.flops().orElse(0)).sum();
    }

    private long weightBytes() {
        return layers.stream().mapToLong(GraphLayer::weightBytes).sum();
    }

    /** {@return the layers and their sums; {@code flopsAreComplete} says whether those of all layers are known} */
    public JsonObject json() {
        JsonArray array = new JsonArray();
        for (GraphLayer layer : layers) {
            JsonObject object = new JsonObject();
            object.addProperty("name", layer.name());
            object.addProperty("operator", layer.operator());
            object.add("output", JsonNull.INSTANCE);
            layer.shape().ifPresent(shape -> {
                JsonArray lengths = new JsonArray();
                shape.forEach(lengths::add);
                object.add("output", lengths);
            });
            object.addProperty(
                    "flops", layer.flops().isPresent() ? layer.flops().getAsLong() : null);
            object.addProperty("weightBytes", layer.weightBytes());
            object.addProperty("precision", layer.precision().orElse(null));
            array.add(object);
        }
        JsonObject object = new JsonObject();
        object.add("layers", array);
        object.addProperty("flops", flops());
        object.addProperty("flopsAreComplete", isCounted());
        object.addProperty("weightBytes", weightBytes());
        return object;
    }
}
