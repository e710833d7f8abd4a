package org.elasticvision.convert.quantize.qdq;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the pairs are put. */
class QuantizedGraphTest {
    @TempDir
    Path folder;

    private Graph quantized(Task task, Int8Target target, Exclusion exclusion) {
        Graph graph = OnnxModel.read(TinyModel.write(folder.resolve("model.onnx"), task, 5))
                .graph();
        QuantizedGraph.prepare(graph, target);
        return QuantizedGraph.of(graph, target, Int8Weights.FULL, exclusion::matches, value -> new Range(-1, 1))
                .graph();
    }

    @ParameterizedTest
    @EnumSource(Int8Target.class)
    void allConvolutionsAndTheMatrixReadEightBits(Int8Target target) {
        Graph graph = quantized(Task.CLASSIFICATION, target, Exclusion.NONE);
        assertThat(graph.nodes(OpType.CONV)).isNotEmpty();
        for (OpType op : List.of(OpType.CONV, OpType.GEMM)) {
            for (Node node : graph.nodes(op)) {
                assertThat(producer(graph, node.inputs().get(0)).op())
                        .as(node.name())
                        .isEqualTo(OpType.DEQUANTIZE_LINEAR);
                assertThat(producer(graph, node.inputs().get(1)).op())
                        .as(node.name())
                        .isEqualTo(OpType.DEQUANTIZE_LINEAR);
            }
        }
    }

    @Test
    void aReluOnACpuBelongsToTheNodeBeforeIt() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.CPU, Exclusion.NONE);
        assertThat(graph.nodes(OpType.RELU)).isNotEmpty().allSatisfy(relu -> {
            assertThat(producer(graph, relu.inputs().get(0)).op()).isIn(OpType.CONV, OpType.ADD);
            assertThat(graph.quantized(relu.output())).isPresent();
        });
    }

    @Test
    void onACpuResizeStaysInFloatBetweenPairs() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.CPU, Exclusion.NONE);
        assertThat(graph.nodes(OpType.RESIZE)).isNotEmpty().allSatisfy(resize -> {
            assertThat(producer(graph, resize.inputs().get(0)).op()).isEqualTo(OpType.DEQUANTIZE_LINEAR);
            assertThat(graph.quantized(resize.output())).isPresent();
        });
        assertThat(graph.nodes(OpType.AVERAGE_POOL)).as("made convolutions").isEmpty();
    }

    @Test
    void onACpuActivationsAreUnsignedAndBiasesHaveTheScaleOfTheProduct() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.CPU, Exclusion.NONE);
        for (Node quantize : graph.nodes(OpType.QUANTIZE_LINEAR)) {
            assertThat(zero(graph, quantize).signed()).isFalse();
        }
        Node gemm = graph.nodes(OpType.GEMM).get(0);
        Node bias = producer(graph, gemm.inputs().get(2));
        Node scale = producer(graph, bias.inputs().get(1));
        assertThat(scale.op()).isEqualTo(OpType.MUL);
        assertThat(scale.inputs())
                .containsExactly(
                        producer(graph, gemm.inputs().get(0)).inputs().get(1),
                        producer(graph, gemm.inputs().get(1)).inputs().get(1));
    }

    @Test
    void forTensorRtActivationsAreSignedWithoutZeroPointAndBiasesStayFloat() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.TENSORRT, Exclusion.NONE);
        for (Node quantize : graph.nodes(OpType.QUANTIZE_LINEAR)) {
            assertThat(zero(graph, quantize).signed()).isTrue();
            assertThat(zero(graph, quantize).values().get()).containsOnly(0);
        }
        for (Node conv : graph.nodes(OpType.CONV)) {
            if (conv.inputs().size() > 2) {
                assertThat(graph.weights(conv.inputs().get(2)).half()).isFalse();
            }
        }
        assertThat(graph.nodes(OpType.AVERAGE_POOL)).as("stay what they are").isNotEmpty();
    }

    /** TensorRT adds one input to the convolution that makes the other, and wants the first in 8 bits, the other as it comes. */
    @Test
    void forTensorRtASumReadsTheConvolutionItself() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.TENSORRT, Exclusion.NONE);
        List<Node> sums = graph.nodes(OpType.ADD).stream()
                .filter(sum -> sum.inputs().stream()
                        .anyMatch(value -> producer(graph, value).op() == OpType.CONV))
                .toList();
        assertThat(sums).isNotEmpty().allSatisfy(sum -> assertThat(sum.inputs())
                .extracting(value -> producer(graph, value).op())
                .isSubsetOf(OpType.CONV, OpType.DEQUANTIZE_LINEAR));
    }

    @Test
    void whatIsExcludedKeepsItsWeights() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.CPU, new Exclusion(List.of("layer1.*", "Gemm")));
        assertThat(graph.nodes(OpType.CONV))
                .filteredOn(conv ->
                        conv.name().startsWith("layer1.") && !conv.name().contains("pool"))
                .isNotEmpty()
                .allSatisfy(
                        conv -> assertThat(graph.producer(conv.inputs().get(1))).isEmpty());
        assertThat(graph.producer(graph.nodes(OpType.GEMM).get(0).inputs().get(1)))
                .isEmpty();
        assertThat(graph.nodes(OpType.CONV))
                .filteredOn(conv -> conv.name().startsWith("layer2."))
                .allSatisfy(
                        conv -> assertThat(graph.producer(conv.inputs().get(1))).isPresent());
    }

    @Test
    void anExclusionThatFitsNothingIsRefused() {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.CPU, Exclusion.NONE);
        new Exclusion(List.of("layer*.0.*", "fc")).check(graph);
        assertThatThrownBy(() -> new Exclusion(List.of("fc", "layer9.*")).check(graph))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("layer9.*");
    }

    /** Its kernel copies codes, so that what comes out has the scale of what went in. */
    @Test
    void nodesThatOnlyMoveValuesKeepTheirScale() throws IOException {
        Graph graph = quantized(Task.CLASSIFICATION, Int8Target.CPU, Exclusion.NONE);
        for (Node node : graph.nodes(OpType.FLATTEN)) {
            Node before = producer(graph, node.inputs().get(0));
            Node after = graph.quantized(node.output()).orElseThrow();
            assertThat(graph.weights(after.inputs().get(1)).read())
                    .isEqualTo(graph.weights(before.inputs().get(1)).read());
        }
        assertThat(graph.nodes(OpType.FLATTEN)).isNotEmpty();
    }

    private static Node producer(Graph graph, String value) {
        return graph.producer(value).orElseThrow(() -> new AssertionError("nobody makes " + value));
    }

    private static Initializer.Bytes zero(Graph graph, Node quantize) {
        return (Initializer.Bytes) graph.initializer(quantize.inputs().get(2));
    }
}
