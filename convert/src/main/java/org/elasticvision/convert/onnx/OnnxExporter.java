package org.elasticvision.convert.onnx;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.convert.zoo.ops.Shape;
import org.elasticvision.convert.zoo.ops.ShapeOps;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.model.Task;

/** Makes an ONNX graph of a network and its weights. */
public final class OnnxExporter {
    /** The name of the graph's input, float32 {@code [N, 3, H, W]}. */
    public static final String INPUT = "image";

    /** The name of the graph's output, float32 {@code [N, classes]} or {@code [N, classes, H, W]}. */
    public static final String OUTPUT = "logits";

    private OnnxExporter() {}

    /**
     * How to export.
     *
     * @param height input height in pixels
     * @param width input width in pixels
     * @param optimize whether to fold, merge and leave out what can be; else the network is written operation by operation
     */
    public record Options(int height, int width, BatchDimension batch, Opset opset, boolean optimize) {
        public Options {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("input size " + height + "x" + width + " must be at least 1x1");
            }
        }
    }

    /**
     * Makes the graph. The weights are read when it is written.
     *
     * @param name of the graph, human-readable
     * @param task segmentation answers per pixel
     * @param network the network
     * @param weights by the names of the tensors
     * @param options how it is done
     * @return the graph
     * @throws org.elasticvision.convert.zoo.network.InputSizeException if the network cannot take the input size
     * @throws ElasticVisionException if the batch or the size is too large to be run
     */
    public static Graph export(String name, Task task, Network network, Weights weights, Options options) {
        Shape image = new Shape(3, options.height(), options.width());
        Shape logits = network.forward(new ShapeOps(), image);
        boolean perPixel = task.isPerPixel();
        Graph.Port input = port(INPUT, options.batch(), List.of(3, options.height(), options.width()));
        Graph.Port output = port(
                OUTPUT,
                options.batch(),
                perPixel ? List.of(logits.channels(), logits.height(), logits.width()) : List.of(logits.channels()));
        Graph graph = new Graph(name, input, output);
        OnnxValue result = network.forward(
                new OnnxOps(graph, weights, options.batch(), options.opset()), new OnnxValue(INPUT, image));
        Node last = graph.producer(result.name()).orElseThrow();
        graph.remove(last);
        graph.add(last.withOutput(OUTPUT));
        if (options.optimize()) {
            Passes.EXPORT.run(graph);
        }
        return graph;
    }

    private static Graph.Port port(String name, BatchDimension batch, List<Integer> item) {
        List<Integer> numbers = new ArrayList<>(item);
        numbers.add(0, batch.isDynamic() ? TensorShape.ANY : batch.size());
        try {
            new TensorShape(numbers);
        } catch (IllegalArgumentException e) {
            throw new ElasticVisionException(
                    name + ": " + e.getMessage() + "; use a smaller --batch or --input-size", e);
        }
        List<String> dimensions = new ArrayList<>(List.of(batch.dimension()));
        item.forEach(size -> dimensions.add(Integer.toString(size)));
        return new Graph.Port(name, dimensions);
    }
}
