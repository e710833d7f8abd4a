package org.elasticvision.runtime.onnx.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.elasticvision.runtime.onnx.OnnxNode;

/** What of a node's attributes tells it from others of its operator. Stateless. */
final class LayerDetail {
    private LayerDetail() {}

    /** {@return such as {@code 3x3 /2, 32 groups}; empty where nothing is to be told} */
    static String of(OnnxNode node) {
        List<String> parts = new ArrayList<>();
        String kernel = times(node.numbers("kernel_shape"));
        long stride = Arrays.stream(node.numbers("strides")).max().orElse(1);
        String window = kernel + (stride > 1 ? " /" + stride : "");
        if (!window.isBlank()) {
            parts.add(window.strip());
        }
        long group = node.number("group", 1);
        if (group > 1) {
            parts.add(group + " groups");
        }
        long dilation = Arrays.stream(node.numbers("dilations")).max().orElse(1);
        if (dilation > 1) {
            parts.add("dilated " + dilation);
        }
        if (node.operator().equals("Resize")) {
            parts.add(node.text("mode", "nearest"));
        }
        return String.join(", ", parts);
    }

    private static String times(long... lengths) {
        return Arrays.stream(lengths).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
