package org.elasticvision.runtime.explain.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;

/** The graphs are read, not run: shapes and types need not fit. */
class ElasticBlocksTest {
    @TempDir
    Path folder;

    @Test
    void branchesAreFoundThroughEverythingThatLeavesNumbersWhereTheyAre() {
        OnnxFile file = weights()
                .nodes(
                        node("Relu", "image", "x"),
                        node("Conv", "x w1", "a.conv1"),
                        node("BatchNormalization", "a.conv1 s s s s", "a.bn1"),
                        node("Relu", "a.bn1", "a.relu1"),
                        node("Conv", "a.relu1 w3", "a.conv2"),
                        node("BatchNormalization", "a.conv2 s s s s", "a.bn2"),
                        node("Relu", "a.bn2", "a.high"),
                        node("Conv", "a.high w1", "a.conv3"),
                        node("Pad", "x pads", "padded"),
                        pool("padded", "half", 2),
                        node("Conv", "half w3", "a.conv2_d"),
                        node("Mul", "a.conv2_d one", "a.scaled"),
                        node("Cast", "a.scaled", "a.low"),
                        node("Conv", "a.low w1", "a.conv3_d"),
                        node("Resize", "a.conv3_d - scales", "up"),
                        node("Slice", "up one one", "cropped"),
                        node("Add", "a.conv3 cropped", "y"));
        assertThat(ElasticBlocks.in(graph(file))).containsExactly(new ElasticBlock("a", "a.high", "a.low"));
    }

    @Test
    void int8BranchesWithAConvolutionInPlaceOfThePoolingAreFound() {
        OnnxFile file = weights()
                .tensor(floats("code", new float[1], 1, 1, 1, 1))
                .tensor(longs("shape", 2, 1, 2, 2))
                .nodes(
                        node("Expand", "code shape", "wp"),
                        node("QuantizeLinear", "image one", "q"),
                        node("DequantizeLinear", "q one", "x1"),
                        node("DequantizeLinear", "q one", "x2"),
                        node("DequantizeLinear", "w3 one", "w3f"),
                        node("DequantizeLinear", "wp one", "wpf"),
                        node("Conv", "x1 w3f", "b.conv2"),
                        node("QuantizeLinear", "b.conv2 one", "b.q"),
                        node("DequantizeLinear", "b.q one", "b.high"),
                        node("Conv", "x2 wpf", "half", numbers("strides", 2, 2), number("group", 2)),
                        node("QuantizeLinear", "half one", "half.q"),
                        node("DequantizeLinear", "half.q one", "half.x"),
                        node("Conv", "half.x w3f", "b.conv2_d"),
                        node("Relu", "b.conv2_d", "b.low"),
                        node("Resize", "b.low - scales", "up"),
                        node("QuantizeLinear", "up one", "up.q"),
                        node("DequantizeLinear", "up.q one", "up.x"),
                        node("Add", "up.x b.high", "y"));
        assertThat(ElasticBlocks.in(graph(file))).containsExactly(new ElasticBlock("b", "b.high", "b.low"));
    }

    @Test
    void branchesMayBeConcatenatedAndNeedNoNames() {
        OnnxFile file = weights()
                .nodes(
                        node("Conv", "image w3", "one3"),
                        pool("image", "half", 2),
                        node("Conv", "half w3", "two3"),
                        node("Resize", "two3 - scales", "up"),
                        node("Concat", "one3 up", "y", number("axis", 1)));
        assertThat(ElasticBlocks.in(graph(file))).containsExactly(new ElasticBlock("block 1", "one3", "two3"));
    }

    @Test
    void featurePyramidsAreNotElastic() {
        OnnxFile file = weights()
                .nodes(
                        node("Conv", "image w3", "c1"),
                        pool("c1", "half", 2),
                        node("Conv", "half w3", "c2"),
                        node("Resize", "c2 - scales", "up"),
                        node("Conv", "c1 w1", "lateral"),
                        node("Add", "lateral up", "y"));
        assertThat(ElasticBlocks.in(graph(file))).isEmpty();
    }

    @Test
    void branchesOfOtherResolutionsOrWithoutA3x3ConvolutionAreNotElastic() {
        for (int stride : new int[] {1, 4}) {
            assertThat(ElasticBlocks.in(graph(branches("w3", "w3", stride)))).isEmpty();
        }
        assertThat(ElasticBlocks.in(graph(branches("w1", "w3", 2)))).isEmpty();
        assertThat(ElasticBlocks.in(graph(branches("w3", "w1", 2)))).isEmpty();
        assertThat(ElasticBlocks.in(graph(branches("w3", "w3", 2)))).hasSize(1);
    }

    private static OnnxFile branches(String high, String low, int stride) {
        return weights()
                .nodes(
                        node("Conv", "image " + high, "h"),
                        pool("image", "half", stride),
                        node("Conv", "half " + low, "l"),
                        node("Resize", "l - scales", "up"),
                        node("Add", "h up", "y"));
    }

    private static NodeProto pool(String input, String output, int stride) {
        return node("AveragePool", input, output, numbers("strides", stride, stride));
    }

    private static OnnxFile weights() {
        return new OnnxFile()
                .input("image", 1, 2, 8, 8)
                .output("y", 1, 2, 8, 8)
                .tensor(floats("w1", new float[4], 2, 2, 1, 1))
                .tensor(floats("w3", new float[36], 2, 2, 3, 3))
                .tensor(floats("s", new float[2], 2))
                .tensor(floats("scales", new float[] {1, 1, 2, 2}, 4))
                .tensor(floats("pads", new float[8], 8))
                .tensor(scalar("one", 1));
    }

    private OnnxGraph graph(OnnxFile file) {
        return OnnxGraph.read(file.write(folder.resolve("model.onnx")));
    }
}
