package org.elasticvision.convert.onnx.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.elasticvision.convert.onnx.pass.base.GraphPass;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** After each pass of each pipeline the graph of every network is sound, and a graph that is not is noticed. */
class PassesTest {
    static Stream<Arguments> networks() {
        Stream<Arguments> published = PublishedModels.all().stream()
                .map(figures -> Arguments.of(
                        figures.name(), figures.model().task(), figures.model().network()));
        Stream<Arguments> others = Architecture.all().stream()
                .filter(architecture -> !architecture.isPublished())
                .flatMap(architecture -> Stream.of(Task.CLASSIFICATION, Task.SEGMENTATION)
                        .filter(architecture::supports)
                        .map(task -> Arguments.of(architecture.id(), task, architecture.network(task, 21))));
        return Stream.concat(published, others);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("networks")
    void everyPassLeavesASoundGraph(String name, Task task, Network network) {
        assertThat(export(name, task, network, false).problems()).isEmpty();
        assertThat(Passes.FP16.run(export(name, task, network, false)).problems())
                .isEmpty();
        assertThat(Passes.FP16.run(export(name, task, network, true)).problems())
                .isEmpty();
        Graph graph = Passes.INT8_CPU.run(export(name, task, network, true));
        assertThat(graph.problems()).isEmpty();
        assertThat(graph.nodes(OpType.BATCH_NORMALIZATION)).isEmpty();
        assertThat(graph.nodes(OpType.AVERAGE_POOL)).isEmpty();
        Graph other = Passes.INT8_TENSORRT.run(export(name, task, network, true));
        assertThat(other.problems()).isEmpty();
        assertThat(other.nodes(OpType.BATCH_NORMALIZATION)).isEmpty();
    }

    /** Weights of the right size; only the form of the graph counts here. */
    private static Graph export(String name, Task task, Network network, boolean optimize) {
        Map<String, Long> sizes = new HashMap<>();
        for (Layer layer : network.layers()) {
            for (TensorSpec tensor : layer.tensors()) {
                sizes.put(tensor.name(), tensor.shape().stream().reduce(1L, Math::multiplyExact));
            }
        }
        Weights zeros = tensor -> new float[Math.toIntExact(sizes.get(tensor))];
        int size = task == Task.SEGMENTATION ? 65 : 224;
        OnnxExporter.Options options =
                new OnnxExporter.Options(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT, optimize);
        return OnnxExporter.export(name, task, network, zeros, options);
    }

    static Stream<Arguments> breakers() {
        return Stream.of(
                breaker("conv uses relu before it is made", graph -> {
                    Node relu = node(graph, "relu");
                    graph.replace(relu.withInputs(List.of("y")));
                    graph.replace(node(graph, "conv").withInputs(List.of("relu", "conv.weight")));
                    Node last = node(graph, "y");
                    graph.replace(last.withInputs(List.of("conv")));
                }),
                breaker(
                        "relu uses nothing, which nobody makes",
                        graph -> graph.replace(node(graph, "relu").withInputs(List.of("nothing")))),
                breaker(
                        "nobody uses the initializer more",
                        graph -> graph.put(new Initializer.Longs("more", List.of(1L)))),
                breaker("no node makes the output y", graph -> graph.remove(node(graph, "y"))),
                breaker("last takes [FP32, FP16], but Add takes one type of float", graph -> {
                    graph.put(new Initializer.Floats("half", List.of(1L), () -> new float[1]).inHalf());
                    graph.replace(new Node(OpType.ADD, "last", List.of("relu", "half"), "y", Map.of()));
                }),
                breaker(
                        "the output y is of the type FP16, not FP32",
                        graph -> graph.replace(new Node(OpType.CAST, "last", List.of("relu"), "y", Map.of("to", 10L)))),
                breaker("codes takes FP32 with a zero point of another type, or no integers", graph -> {
                    graph.put(new Initializer.Floats("scale", List.of(), () -> new float[] {1}));
                    graph.insertBefore(
                            node(graph, "y"),
                            Node.of(OpType.DEQUANTIZE_LINEAR, "codes", List.of("relu", "scale"), Map.of()));
                    graph.replace(node(graph, "y").withInputs(List.of("codes")));
                }),
                breaker(
                        "conv: Conv needs the attribute group",
                        graph -> graph.replace(new Node(
                                OpType.CONV,
                                "conv",
                                List.of("x", "conv.weight"),
                                "conv",
                                Map.of("kernel_shape", List.of(1L, 1L))))));
    }

    private static Arguments breaker(String problem, Consumer<Graph> breaker) {
        return Arguments.of(problem, breaker);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakers")
    void aPassThatBreaksTheGraphIsNamed(String problem, Consumer<Graph> breaker) {
        SmallGraph small = new SmallGraph();
        small.relu("y", small.relu("relu", small.conv("conv", "x", new Conv(8, 8, 1))));
        assertThat(small.graph().problems()).isEmpty();
        PassPipeline pipeline = PassPipeline.of(new DropUnused(), new Breaking(breaker));
        assertThatThrownBy(() -> pipeline.run(small.graph()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("after Breaking the graph small is broken: ")
                .hasMessageContaining(problem);
    }

    /** A lambda's class has a name that nobody can look up. */
    @Test
    void everyPassHasAName() {
        assertThat(Passes.EXPORT.names())
                .containsExactly(
                        "DropUnused",
                        "FoldBatchNorm",
                        "PoolBeforeConv",
                        "MergeTwinBranches",
                        "DropUnused",
                        "NameValuesAfterNodes");
        for (PassPipeline pipeline : List.of(Passes.FP16, Passes.INT8_CPU, Passes.INT8_TENSORRT, Passes.INT8_END)) {
            assertThat(pipeline.names()).allMatch(name -> name.matches("[A-Z][A-Za-z]+"));
        }
        SmallGraph small = new SmallGraph();
        small.relu("y", "x");
        PassPipeline pipeline = PassPipeline.of(
                GraphPass.named("RemoveAll", graph -> graph.nodes().forEach(graph::remove)));
        assertThatThrownBy(() -> pipeline.run(small.graph()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("after RemoveAll the graph small is broken: ");
    }

    private record Breaking(Consumer<Graph> breaker) implements GraphPass {
        @Override
        public void run(Graph graph) {
            breaker.accept(graph);
        }
    }

    private static Node node(Graph graph, String output) {
        return graph.producer(output).orElseThrow();
    }

    @Test
    void aSoundGraphPassesThrough() {
        SmallGraph small = new SmallGraph();
        small.relu("y", "x");
        assertThat(PassPipeline.of(new DropUnused()).run(small.graph())).isSameAs(small.graph());
    }
}
