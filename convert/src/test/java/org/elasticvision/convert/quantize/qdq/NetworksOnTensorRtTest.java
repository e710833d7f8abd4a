package org.elasticvision.convert.quantize.qdq;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.OnnxExporter;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.OnnxView;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.tensorrt.support.SupportCheck;
import org.elasticvision.convert.tensorrt.support.SupportReport;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * By the published table TensorRT takes every network in every precision and operator set. Only the form of the graphs counts
 * here, so all weights are the same: the hardest case too, for such weights were once repeated by an operator that TensorRT
 * has not for 8 bits.
 */
class NetworksOnTensorRtTest {
    private static final int OLDEST = 13;
    private static final int NEWEST = 21;
    /** The operator sets that half precision is tried in: the graphs change their form at 18 alone. */
    private static final List<Integer> HALF = List.of(OLDEST, 18, NEWEST);

    /** The nodes of the graphs that were quantized already: going through all weights takes most of the time. */
    private static final Set<List<Node>> QUANTIZED = new HashSet<>();

    /** A network for a task. */
    record Case(String name, Task task, Network network) {
        Graph graph(Opset opset) {
            int size = task == Task.SEGMENTATION ? 129 : 224;
            // Before opset 18 a Resize to a size needs to know the batch.
            BatchDimension batch =
                    opset.version() < Opset.DEFAULT.version() ? BatchDimension.parse("1") : BatchDimension.DYNAMIC;
            Map<String, Long> sizes = new HashMap<>();
            for (Layer layer : network.layers()) {
                for (TensorSpec tensor : layer.tensors()) {
                    sizes.put(tensor.name(), tensor.shape().stream().reduce(1L, Math::multiplyExact));
                }
            }
            Weights nothing = tensor -> new float[Math.toIntExact(sizes.get(tensor))];
            return OnnxExporter.export(
                    name, task, network, nothing, new OnnxExporter.Options(size, size, batch, opset, true));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> networks() {
        Stream<Case> published = PublishedModels.all().stream()
                .map(figures -> new Case(
                        figures.name(), figures.model().task(), figures.model().network()));
        Stream<Case> small = Stream.of(Architecture.of("resnext_tiny"), Architecture.of("resnext_tiny_elastic"))
                .flatMap(architecture -> Stream.of(Task.values())
                        .map(task -> new Case(architecture.id() + " " + task, task, architecture.network(task, 5))));
        return Stream.concat(published, small);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void inEveryPrecisionAndOperatorSet(Case network) {
        for (Opset opset :
                IntStream.rangeClosed(OLDEST, NEWEST).mapToObj(Opset::new).toList()) {
            Graph graph = network.graph(opset);
            assertSupported(graph, opset, "fp32");
            if (HALF.contains(opset.version())) {
                assertSupported(Passes.FP16.run(graph), opset, "fp16");
            }
        }
        Graph prepared = network.graph(Opset.DEFAULT);
        QuantizedGraph.prepare(prepared, Int8Target.TENSORRT);
        if (!QUANTIZED.add(prepared.nodes())) {
            return; // the same network with another number of classes
        }
        QuantizedGraph quantized = QuantizedGraph.of(
                prepared, Int8Target.TENSORRT, Int8Weights.FULL, node -> false, value -> new Range(-1, 1));
        assertThat(quantized.graph().nodes(OpType.EXPAND)).isEmpty();
        assertThat(quantized.layers()).isNotEmpty();
        assertSupported(quantized.graph(), Opset.DEFAULT, "int8");
    }

    private static void assertSupported(Graph graph, Opset opset, String precision) {
        SupportReport report = SupportCheck.of(OnnxView.of(new OnnxModel(graph, opset, Map.of())));
        assertThat(report.lines())
                .containsExactly("TensorRT 10.15: supported (" + graph.nodes().size() + " operators, opset "
                        + opset.version() + ", " + precision + ")");
    }
}
