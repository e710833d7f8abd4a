package org.elasticvision.runtime.explain.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.runtime.engine.OnnxParts.codes;
import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.real;

/** The graphs are read, not run. Two classes, three channels. */
class PooledHeadTest {
    private static final float[][] TABLE = {{1, 2, 3}, {4, 5, 6}};

    @TempDir
    Path folder;

    @Test
    void ofAPoolingAndALinearLayerTheWeightsAreByClass() {
        assertTable(
                TABLE,
                node("GlobalAveragePool", "x", "p"),
                node("Flatten", "p", "f"),
                node("Gemm", "f byClass bias", "y", number("transB", 1)));
        assertTable(
                new float[][] {{2, 4, 6}, {8, 10, 12}},
                node("ReduceMean", "x axes", "p"),
                node("Gemm", "p byChannel bias", "y", real("alpha", 2)));
        assertTable(
                TABLE,
                node("ReduceMean", "x", "p", numbers("axes", -1, -2)),
                node("Squeeze", "p", "f"),
                node("MatMul", "f byChannel", "m"),
                node("Add", "m bias", "y"));
        assertTable(
                TABLE,
                node("AveragePool", "x", "p", numbers("kernel_shape", 7, 7)),
                node("Conv", "p pointwise bias", "c"),
                node("Flatten", "c", "f"),
                node("Softmax", "f", "y"));
    }

    @Test
    void int8WeightsAreTakenBackToNumbers() {
        assertTable(
                new float[][] {{0.5f, 1, 1.5f}, {8, 10, 12}},
                node("Conv", "x average", "p", number("group", 3)),
                node("QuantizeLinear", "p one", "q"),
                node("DequantizeLinear", "q one", "d"),
                node("Flatten", "d", "f"),
                node("DequantizeLinear", "codes scales", "w", number("axis", 0)),
                node("Gemm", "f w", "y", number("transB", 1)));
    }

    @Test
    void otherHeadsHaveNone() {
        assertNone(node("Flatten", "x", "f"), node("MatMul", "f byChannel", "y"));
        assertNone(node("GlobalAveragePool", "x", "y"));
        assertNone(
                node("GlobalAveragePool", "x", "p"),
                node("Gemm", "p byClass bias", "h", number("transB", 1)),
                node("Relu", "h", "r"),
                node("Gemm", "r byClass bias", "y", number("transB", 1)));
        assertNone(node("GlobalMaxPool", "x", "p"), node("Gemm", "p byClass", "y", number("transB", 1)));
        assertNone(node("ReduceMean", "x", "p", numbers("axes", 1)), node("MatMul", "p byChannel", "y"));
        assertNone(node("GlobalAveragePool", "x", "p"), node("MatMul", "p x", "y"));
        assertNone(
                node("AveragePool", "x", "p", numbers("kernel_shape", 3, 3), numbers("pads", 1, 1, 1, 1)),
                node("Conv", "p pointwise", "y"));
        assertNone(
                node("Conv", "x uneven", "p", number("group", 3)), node("Gemm", "p byClass", "y", number("transB", 1)));
    }

    private void assertTable(float[][] expected, NodeProto... nodes) {
        Optional<PooledHead> head = PooledHead.of(graph(nodes));
        assertThat(head.orElseThrow().features()).isEqualTo("x");
        assertThat(Arrays.deepEquals(head.get().weights(), expected))
                .as(Arrays.deepToString(head.get().weights()))
                .isTrue();
    }

    private void assertNone(NodeProto... nodes) {
        assertThat(PooledHead.of(graph(nodes))).isEmpty();
    }

    private OnnxGraph graph(NodeProto... nodes) {
        OnnxFile file = new OnnxFile()
                .input("image", 1, 3, 2, 2)
                .output("y", 1, 2)
                .tensor(floats("byClass", new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
                .tensor(floats("byChannel", new float[] {1, 4, 2, 5, 3, 6}, 3, 2))
                .tensor(floats("pointwise", new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1, 1))
                .tensor(floats("average", averages(12), 3, 1, 2, 2))
                .tensor(floats("uneven", new float[12], 3, 1, 2, 2))
                .tensor(floats("bias", new float[] {7, 8}, 2))
                .tensor(floats("one", new float[] {1}))
                .tensor(codes("codes", true, new byte[] {1, 2, 3, 4, 5, 6}, 2, 3))
                .tensor(floats("scales", new float[] {0.5f, 2}, 2))
                .tensor(longs("axes", 2, 3))
                .node(node("Relu", "image", "x"))
                .nodes(nodes);
        return OnnxGraph.read(file.write(folder.resolve("model.onnx")));
    }

    private static float[] averages(int count) {
        float[] values = new float[count];
        Arrays.fill(values, 0.25f);
        return values;
    }
}
