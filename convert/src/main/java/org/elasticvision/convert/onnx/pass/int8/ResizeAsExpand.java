package org.elasticvision.convert.onnx.pass.int8;

import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.base.ConvWeights;
import org.elasticvision.convert.onnx.pass.base.GraphPass;

/**
 * Repeats a single pixel, as a global pooling makes, instead of interpolating between it and itself. Among quantized
 * convolutions ONNX Runtime 1.29 cannot run the Resize: it brings them to another memory layout, and permutes the two sizes of
 * the Resize as if they were four.
 */
public final class ResizeAsExpand implements GraphPass {
    @Override
    public void run(Graph graph) {
        for (Node resize : graph.nodes(OpType.RESIZE)) {
            List<String> inputs = resize.inputs();
            if (isPixel(graph, inputs.get(0))) {
                List<Long> sizes = inputs.size() > 3
                        ? ((Initializer.Longs) graph.initializer(inputs.get(3))).values()
                        : lengths(graph.weights(inputs.get(2)).read());
                replace(graph, resize, sizes);
            }
        }
        graph.removeUnusedInitializers();
    }

    /** Whether a value is made of a global pooling by nodes that see one pixel at a time. */
    private static boolean isPixel(Graph graph, String value) {
        return graph.producer(value)
                .map(node -> node.op() == OpType.GLOBAL_AVERAGE_POOL
                        || (seesOnePixel(node) && isPixel(graph, node.inputs().get(0))))
                .orElse(false);
    }

    private static boolean seesOnePixel(Node node) {
        return node.op().isPerPixel() || (node.op() == OpType.CONV && ConvWeights.isPointwise(node));
    }

    /** Of one pixel, whose height and width are the scales. */
    private static List<Long> lengths(float... scales) {
        return List.of((long) scales[2], (long) scales[3]);
    }

    private static void replace(Graph graph, Node resize, List<Long> sizes) {
        int known = sizes.size(); // height and width, or all four
        long height = sizes.get(known - 2);
        long width = sizes.get(known - 1);
        String shape = "pixels_" + height + "_" + width;
        graph.put(new Initializer.Longs(shape, List.of(1L, 1L, height, width)));
        Node expand =
                Node.of(OpType.EXPAND, resize.name(), List.of(resize.inputs().get(0), shape), Map.of());
        graph.replace(expand.withOutput(resize.output()));
    }
}
