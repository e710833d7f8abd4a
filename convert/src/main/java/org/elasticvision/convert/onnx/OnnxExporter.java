package org.elasticvision.convert.onnx;

import java.util.List;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.pass.DropUnused;
import org.elasticvision.convert.onnx.pass.FoldBatchNorm;
import org.elasticvision.convert.onnx.pass.GraphPass;
import org.elasticvision.convert.onnx.pass.MergeTwinBranches;
import org.elasticvision.convert.onnx.pass.PoolBeforeConv;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.Shape;
import org.elasticvision.convert.zoo.ShapeOps;
import org.elasticvision.runtime.model.Task;

/** Makes an ONNX graph of a network and its weights. */
public final class OnnxExporter {
    /** The name of the graph's input, float32 {@code [N, 3, H, W]}. */
    public static final String INPUT = "image";

    /** The name of the graph's output, float32 {@code [N, classes]} or {@code [N, classes, H, W]}. */
    public static final String OUTPUT = "logits";

    private static final List<GraphPass> OPTIMIZATIONS = List.of(
            new DropUnused(), new FoldBatchNorm(), new PoolBeforeConv(), new MergeTwinBranches(), new DropUnused());

    private OnnxExporter() {}

    /**
     * How to export.
     *
     * @param height input height in pixels
     * @param width input width in pixels
     * @param optimize whether to fold, merge and leave out what can be; else the network is written operation by operation
     */
    public record Options(int height, int width, Batch batch, Opset opset, boolean optimize) {
        public Options {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("input size " + height + "x" + width + " must be at least 1x1");
            }
        }
    }

    /**
     * Makes the graph. The weights are read when it is written.
     *
     * @param name of the graph, for people
     * @param task segmentation answers per pixel
     * @throws org.elasticvision.convert.zoo.InputSizeException if the network cannot take the input size
     */
    public static Graph export(String name, Task task, Network network, Weights weights, Options options) {
        Shape image = new Shape(3, options.height(), options.width());
        Shape logits = network.forward(new ShapeOps(), image);
        boolean perPixel = task == Task.SEGMENTATION;
        String batch = options.batch().dimension();
        Graph.Port input = new Graph.Port(
                INPUT, List.of(batch, "3", Integer.toString(options.height()), Integer.toString(options.width())));
        String classes = Integer.toString(logits.channels());
        Graph.Port output = new Graph.Port(
                OUTPUT,
                perPixel
                        ? List.of(batch, classes, Integer.toString(logits.height()), Integer.toString(logits.width()))
                        : List.of(batch, classes));
        Graph graph = new Graph(name, input, output);
        OnnxValue result = network.forward(
                new OnnxOps(graph, weights, options.batch(), options.opset()), new OnnxValue(INPUT, image));
        Node last = graph.producer(result.name()).orElseThrow();
        graph.remove(last);
        graph.add(last.withOutput(OUTPUT));
        if (options.optimize()) {
            OPTIMIZATIONS.forEach(pass -> pass.run(graph));
            graph.nameValuesAfterNodes();
        }
        return graph;
    }
}
