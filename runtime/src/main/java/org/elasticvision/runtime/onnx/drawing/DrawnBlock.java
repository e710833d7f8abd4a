package org.elasticvision.runtime.onnx.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.onnx.layer.GraphLayer;

/**
 * Layers that are drawn together, as their names tell: {@code layer1.0.conv1} and {@code layer1.0.downsample.0} are of {@code layer1.0}.
 *
 * @param name what their names have in common; empty where that is nothing
 */
record DrawnBlock(String name, List<GraphLayer> layers) {
    /** More are too many to be seen as one. */
    private static final int MOST = 48;

    DrawnBlock {
        layers = List.copyOf(layers);
    }

    /** {@return the blocks, each an unbroken run of the layers in their order} */
    static List<DrawnBlock> of(List<GraphLayer> layers) {
        Map<String, Integer> direct = new HashMap<>();
        Map<String, Integer> total = new HashMap<>();
        for (GraphLayer layer : layers) {
            List<String> prefixes = prefixes(layer.name());
            prefixes.forEach(prefix -> total.merge(prefix, 1, Integer::sum));
            direct.merge(prefixes.isEmpty() ? "" : prefixes.get(prefixes.size() - 1), 1, Integer::sum);
        }
        List<DrawnBlock> blocks = new ArrayList<>();
        List<GraphLayer> run = new ArrayList<>();
        String name = "";
        for (GraphLayer layer : layers) {
            String own = block(prefixes(layer.name()), direct, total);
            if (!run.isEmpty() && (!own.equals(name) || run.size() == MOST)) {
                blocks.add(new DrawnBlock(name, run));
                run.clear();
            }
            name = own;
            run.add(layer);
        }
        if (!run.isEmpty()) {
            blocks.add(new DrawnBlock(name, run));
        }
        return blocks;
    }

    /** The outermost that has layers of its own and is not too large, else the innermost. */
    private static String block(List<String> prefixes, Map<String, Integer> direct, Map<String, Integer> total) {
        return prefixes.stream()
                .filter(prefix -> direct.getOrDefault(prefix, 0) > 1 && total.get(prefix) <= MOST)
                .findFirst()
                .orElse(prefixes.isEmpty() ? "" : prefixes.get(prefixes.size() - 1));
    }

    /** Of a name whose parts are divided by dots, or by slashes as PyTorch's exporter writes them; the shortest first. */
    private static List<String> prefixes(String name) {
        char separator = name.indexOf('/') >= 0 ? '/' : '.';
        List<String> prefixes = new ArrayList<>();
        for (int at = name.indexOf(separator, 1); at > 0; at = name.indexOf(separator, at + 1)) {
            prefixes.add(name.substring(0, at));
        }
        return prefixes;
    }

    /** {@return the name of a layer within the block} */
    String inside(GraphLayer layer) {
        return name.isEmpty() || layer.name().length() <= name.length() + 1
                ? layer.name()
                : layer.name().substring(name.length() + 1);
    }
}
