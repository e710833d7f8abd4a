package org.elasticvision.convert.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.model.Task;

/** A model as convert writes it, of some nodes: a convolution at two resolutions, joined, and a classifier. */
final class OwnModel {
    private static final List<Long> TWICE = List.of(2L, 2L);

    private OwnModel() {}

    static void write(Path file) {
        Graph graph = new Graph(
                "own",
                new Graph.Port("x", List.of("1", "3", "8", "8")),
                new Graph.Port("y", List.of("1", Integer.toString(TestModels.COLORS.size()))));
        floats(graph, "scales", 4);
        graph.add(conv(graph, "conv", "x"));
        norm(graph);
        graph.add(new Node(OpType.RELU, "relu", List.of("norm"), "relu", Map.of()));
        graph.add(new Node(
                OpType.AVERAGE_POOL, "down", List.of("relu"), "down", Map.of("kernel_shape", TWICE, "strides", TWICE)));
        graph.add(conv(graph, "low", "down"));
        graph.add(new Node(
                OpType.RESIZE,
                "up",
                List.of("low", "", "scales"),
                "up",
                Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel")));
        graph.add(new Node(OpType.ADD, "add", List.of("relu", "up"), "add", Map.of()));
        graph.add(new Node(OpType.GLOBAL_AVERAGE_POOL, "pool", List.of("add"), "pool", Map.of()));
        graph.add(new Node(OpType.FLATTEN, "flat", List.of("pool"), "flat", Map.of("axis", 1L)));
        floats(graph, "fc.weight", 3, 3);
        floats(graph, "fc.bias", 3);
        graph.add(new Node(OpType.GEMM, "fc", List.of("flat", "fc.weight", "fc.bias"), "y", Map.of("transB", 1L)));
        new OnnxModel(
                        graph,
                        Opset.DEFAULT,
                        TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(8))
                                .toMetadata())
                .write(file);
    }

    private static Node conv(Graph graph, String name, String input) {
        floats(graph, name + ".weight", 3, 3, 1, 1);
        return new Node(
                OpType.CONV,
                name,
                List.of(input, name + ".weight"),
                name,
                Map.of("kernel_shape", List.of(1L, 1L), "group", 1L));
    }

    private static void norm(Graph graph) {
        for (String part : List.of("weight", "bias", "mean", "var")) {
            floats(graph, "norm." + part, 3);
        }
        graph.add(new Node(
                OpType.BATCH_NORMALIZATION,
                "norm",
                List.of("conv", "norm.weight", "norm.bias", "norm.mean", "norm.var"),
                "norm",
                Map.of("epsilon", 1e-5f)));
    }

    private static void floats(Graph graph, String name, long... shape) {
        long count = 1;
        for (long length : shape) {
            count *= length;
        }
        float[] values = new float[(int) count];
        Arrays.fill(values, 2);
        graph.put(new Initializer.Floats(name, Arrays.stream(shape).boxed().toList(), () -> values));
    }
}
