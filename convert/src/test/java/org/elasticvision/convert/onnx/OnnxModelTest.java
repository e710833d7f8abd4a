package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.base.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is read from a file is what was written. */
class OnnxModelTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "se_resnext50_elastic",
                "deeplab_dla60x_elastic_pascal_v3_original_epoch50",
                "densenet201_elastic"
            })
    void aNetworkComesBackByteForByte(String name) throws IOException {
        Figures figures = PublishedModels.figures(name);
        int size = name.startsWith("dense") ? 224 : 97;
        Graph graph = OnnxExporter.export(
                name,
                figures.model().task(),
                figures.model().network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(size, size, BatchDimension.DYNAMIC, Opset.DEFAULT, true));
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("one", "1", "two", "zwölf"));
        Path first = folder.resolve("first.onnx");
        OnnxWriter.write(first, graph, Opset.DEFAULT, metadata);
        OnnxModel model = OnnxModel.read(first);
        assertThat(model.graph().nodes()).isEqualTo(graph.nodes());
        assertThat(model.graph().input()).isEqualTo(graph.input());
        assertThat(model.graph().output()).isEqualTo(graph.output());
        assertThat(model.metadata()).containsExactlyEntriesOf(metadata);
        Path second = folder.resolve("second.onnx");
        model.write(second);
        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    @Test
    void everyKindOfConstantComesBack() throws IOException {
        Graph graph = new Graph(
                "constants", new Graph.Port("x", List.of("batch", "2")), new Graph.Port("y", List.of("batch", "2")));
        graph.put(new Initializer.Floats("floats", List.of(2L), () -> new float[] {1.1f, -0f}));
        graph.put(new Initializer.Floats("halves", List.of(2L), () -> new float[] {1.1f, 1e-9f}).inHalf());
        graph.put(new Initializer.Bytes("signed", List.of(3L), true, () -> new byte[] {-128, 0, 127}));
        graph.put(Initializer.Bytes.scalar("unsigned", false, 200));
        graph.put(new Initializer.Ints("ints", List.of(1L, 2L), () -> new int[] {Integer.MIN_VALUE, 7}, false));
        graph.put(new Initializer.Ints("shorts", List.of(3L), () -> new int[] {-32768, -2, 32767}, true));
        graph.put(new Initializer.Longs("longs", List.of(-1L, Long.MAX_VALUE)));
        graph.add(Node.of(OpType.RELU, "relu", List.of("x"), Map.of()).withOutput("y"));
        Path file = folder.resolve("model.onnx");
        new OnnxModel(graph, Opset.DEFAULT, Map.of()).write(file);

        ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(file));
        assertThat(proto.getGraph().getInitializerList().stream().map(TensorProto::getDataType))
                .containsExactly(
                        TensorProto.DataType.FLOAT.getNumber(),
                        TensorProto.DataType.FLOAT16.getNumber(),
                        TensorProto.DataType.INT8.getNumber(),
                        TensorProto.DataType.UINT8.getNumber(),
                        TensorProto.DataType.INT32.getNumber(),
                        TensorProto.DataType.INT16.getNumber(),
                        TensorProto.DataType.INT64.getNumber());
        Graph read = OnnxModel.read(file).graph();
        assertThat(read.weights("floats").read()).containsExactly(1.1f, -0f);
        assertThat(read.weights("halves").half()).isTrue();
        assertThat(read.weights("halves").read()).containsExactly(1.0996094f, 0);
        Initializer.Bytes signed = (Initializer.Bytes) read.initializers().get(2);
        assertThat(signed.signed()).isTrue();
        assertThat(signed.values().get()).containsExactly(-128, 0, 127);
        Initializer.Bytes unsigned = (Initializer.Bytes) read.initializers().get(3);
        assertThat(unsigned.signed()).isFalse();
        assertThat(unsigned.shape()).isEmpty();
        assertThat(unsigned.values().get()).containsExactly((byte) 200);
        Initializer.Ints ints = (Initializer.Ints) read.initializers().get(4);
        assertThat(ints.shape()).containsExactly(1L, 2L);
        assertThat(ints.values().get()).containsExactly(Integer.MIN_VALUE, 7);
        Initializer.Ints shorts = (Initializer.Ints) read.initializers().get(5);
        assertThat(shorts.narrow()).isTrue();
        assertThat(shorts.values().get()).containsExactly(-32768, -2, 32767);
        assertThat(((Initializer.Longs) read.initializers().get(6)).values()).containsExactly(-1L, Long.MAX_VALUE);
    }

    @Test
    void aFileCutAnywhereIsRefusedInOneLine() throws IOException {
        Path file = folder.resolve("model.onnx");
        Graph graph = new Graph("g", new Graph.Port("x", List.of("1")), new Graph.Port("y", List.of("1")));
        graph.put(new Initializer.Floats("weight", List.of(3L), () -> new float[3]));
        graph.add(Node.of(OpType.ADD, "add", List.of("x", "weight"), Map.of()).withOutput("y"));
        new OnnxModel(graph, Opset.DEFAULT, Map.of()).write(file);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            Files.write(file, cut);
            assertThatThrownBy(() -> OnnxModel.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void whatOurNetworksDoNotHaveIsNamed() throws IOException {
        assertThatThrownBy(() -> OnnxModel.read(folder.resolve("none.onnx")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("none.onnx");
        NodeProto.Builder node =
                NodeProto.newBuilder().setName("n").addInput("x").addOutput("y");
        assertRefused(graph(node.setOpType("Einsum")), "uses the operator Einsum");
        assertRefused(graph(node.setOpType("Relu")).addInitializer(tensor(TensorProto.DataType.DOUBLE)), "type DOUBLE");
        assertRefused(graph(node.setOpType("Relu")).addInitializer(tensor(TensorProto.DataType.FLOAT)), "has 0 bytes");
        assertRefused(
                graph(node.setOpType("Relu"))
                        .addOutput(ValueInfoProto.newBuilder().setName("z")),
                "2 outputs");
    }

    /** Passes divide by groups and ask for four lengths. */
    @Test
    void weightsAndKernelsThatCannotBeAreNamed() {
        assertConvRefused("has weights of the shape [4, 3]", 1, 2, 4L, 3L);
        assertConvRefused("has weights of the shape [0, 3, 1, 1]", 1, 2, 0L, 3L, 1L, 1L);
        assertConvRefused("has weights of the shape [4, 1, 1, 1] in 3 groups", 3, 2, 4L, 1L, 1L, 1L);
        assertConvRefused("has weights of the shape [4, 1, 1, 1] in 0 groups", 0, 2, 4L, 1L, 1L, 1L);
        assertConvRefused("has 1 numbers of kernel_shape, not 2", 1, 1, 4L, 3L, 1L, 1L);
        Path norm = folder.resolve("norm.onnx");
        image().zeros("g", TestProto.FLOAT, 3L)
                .zeros("v", TestProto.FLOAT, 2L)
                .node(
                        "BatchNormalization",
                        "x g g g v",
                        "y",
                        AttributeProto.newBuilder()
                                .setName("epsilon")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setF(1e-5f)
                                .build())
                .write(norm);
        assertThatThrownBy(() -> OnnxModel.read(norm))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("normalises by numbers of the shapes [[3], [2]]");
    }

    private static TestProto image() {
        return new TestProto(18)
                .input("x", TestProto.FLOAT, "1", "3", "4", "4")
                .output("y", TestProto.FLOAT, "1", "4", "4", "4");
    }

    private void assertConvRefused(String message, long groups, int kernelNumbers, Long... weights) {
        AttributeProto.Builder kernel =
                AttributeProto.newBuilder().setName("kernel_shape").setType(AttributeProto.AttributeType.INTS);
        for (int i = 0; i < kernelNumbers; i++) {
            kernel.addInts(1);
        }
        AttributeProto group = AttributeProto.newBuilder()
                .setName("group")
                .setType(AttributeProto.AttributeType.INT)
                .setI(groups)
                .build();
        Path file = folder.resolve("conv.onnx");
        image().zeros("w", TestProto.FLOAT, weights)
                .node("Conv", "x w", "y", kernel.build(), group)
                .write(file);
        assertThatThrownBy(() -> OnnxModel.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anInputWithoutAShapeIsNamed() throws IOException {
        assertRefused(
                graph(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y")),
                "its input 'x' has no shape; only models that 'elastic convert'");
        assertShapeRefused("its input 'x' has the shape [batch, -1], in which each dimension must be", "batch", "-1");
        assertShapeRefused("its input 'x' has the shape [, 3]", "", "3");
        assertShapeRefused("its input 'x' has the shape [0]", "0");
        assertShapeRefused("its input 'x' has the shape [12345678901]", "12345678901");
        Path file = folder.resolve("named.onnx");
        new TestProto(18)
                .input("x", TestProto.FLOAT, "batch", "3")
                .output("y", TestProto.FLOAT, "7", "3")
                .node("Relu", "x", "y")
                .write(file);
        assertThat(OnnxModel.read(file).fixedBatch()).isEmpty();
    }

    private void assertShapeRefused(String message, String... dimensions) throws IOException {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder();
        for (String dimension : dimensions) {
            TensorShapeProto.Dimension.Builder proto = tensor.getShapeBuilder().addDimBuilder();
            if (dimension.matches("-?\\d+")) {
                proto.setDimValue(Long.parseLong(dimension));
            } else if (!dimension.isEmpty()) {
                proto.setDimParam(dimension);
            }
        }
        ValueInfoProto input = ValueInfoProto.newBuilder()
                .setName("x")
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
        assertRefused(
                graph(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y"))
                        .setInput(0, input),
                message);
    }

    @Test
    void anOperatorOfAnotherDomainIsNotOnnxsOwn() {
        Path file = folder.resolve("model.onnx");
        for (String own : List.of("", "ai.onnx")) {
            relu(own).write(file);
            assertThat(OnnxModel.read(file).graph().nodes(OpType.RELU)).hasSize(1);
        }
        relu("com.microsoft").write(file);
        assertThatThrownBy(() -> OnnxModel.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its node the-Relu is the operator Relu of the domain com.microsoft")
                .hasMessageNotContaining("\n");
    }

    private static TestProto relu(String domain) {
        return new TestProto(18)
                .input("x", TestProto.FLOAT, "1")
                .output("y", TestProto.FLOAT, "1")
                .node(domain, "Relu", "x", "y");
    }

    private static GraphProto.Builder graph(NodeProto.Builder node) {
        return GraphProto.newBuilder()
                .addInput(ValueInfoProto.newBuilder().setName("x"))
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .addNode(node);
    }

    private static TensorProto.Builder tensor(TensorProto.DataType type) {
        return TensorProto.newBuilder().setName("t").addDims(2).setDataType(type.getNumber());
    }

    private void assertRefused(GraphProto.Builder graph, String message) throws IOException {
        Path file = folder.resolve("other.onnx");
        ModelProto model = ModelProto.newBuilder()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
                .setGraph(graph)
                .build();
        Files.write(file, model.toByteArray());
        assertThatThrownBy(() -> OnnxModel.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }
}
