package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.zoo.PublishedModels;
import org.elasticvision.convert.zoo.PublishedModels.Figures;
import org.elasticvision.convert.zoo.SyntheticWeights;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Protobuf's own parser finds in a file what was in the graph. */
class OnnxWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsTheGraphOfARealNetwork(boolean optimize) throws IOException {
        Figures figures = PublishedModels.figures("se_resnext50_elastic");
        Graph graph = OnnxExporter.export(
                figures.name(),
                figures.model().task(),
                figures.model().network(),
                new SyntheticWeights(figures),
                new OnnxExporter.Options(97, 130, BatchDimension.DYNAMIC, Opset.DEFAULT, optimize));
        ModelProto model = writeAndParse(graph, Opset.DEFAULT, Map.of());
        assertThat(model.getGraph().getName()).isEqualTo("se_resnext50_elastic");
        assertSameNodes(model, graph);
        assertSameInitializers(model, graph);
    }

    @Test
    void holdsEveryKindOfAttributeAndConstant() throws IOException {
        Graph graph = tinyGraph();
        ModelProto model = writeAndParse(graph, Opset.DEFAULT, Map.of());
        assertSameNodes(model, graph);
        assertSameInitializers(model, graph);
    }

    @Test
    void portsSayWhatMayBeChosenAtRunTime() throws IOException {
        ModelProto model = writeAndParse(tinyGraph(), Opset.DEFAULT, Map.of());
        assertThat(model.getGraph().getInputList()).hasSize(1);
        assertThat(model.getGraph().getOutputList()).hasSize(1);
        ValueInfoProto input = model.getGraph().getInput(0);
        assertThat(input.getName()).isEqualTo("in");
        TypeProto.Tensor type = input.getType().getTensorType();
        assertThat(type.getElemType()).isEqualTo(TensorProto.DataType.FLOAT.getNumber());
        assertThat(type.getShape().getDimList())
                .containsExactly(
                        Dimension.newBuilder().setDimParam("batch").build(),
                        Dimension.newBuilder().setDimValue(3).build(),
                        Dimension.newBuilder().setDimValue(4).build(),
                        Dimension.newBuilder().setDimValue(5).build());
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("out");
    }

    @Test
    void metadataKeepTheirOrderAndTheirText() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "last\tfirst\n");
        metadata.put("a", "Köln, 東京, 🐶");
        metadata.put("empty", "");
        ModelProto model = writeAndParse(tinyGraph(), Opset.DEFAULT, metadata);
        Map<String, String> parsed = new LinkedHashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            parsed.put(entry.getKey(), entry.getValue());
        }
        assertThat(parsed).containsExactlyEntriesOf(metadata);
        assertThat(model.getProducerName()).isEqualTo("ElasticVision");
        assertThat(model.getProducerVersion()).isEqualTo(Version.current());
    }

    /** The pairs are those of the table in the ONNX standard, docs/Versioning.md. */
    @ParameterizedTest
    @CsvSource({"13, 7", "14, 7", "15, 8", "16, 8", "17, 8", "18, 8", "19, 9", "20, 9", "21, 10"})
    void theFormatIsTheOneThatCameWithTheOperatorSet(int opset, int irVersion) throws IOException {
        ModelProto model = writeAndParse(tinyGraph(), new Opset(opset), Map.of());
        assertThat(model.getIrVersion()).isEqualTo(irVersion);
        assertThat(model.getOpsetImportList()).hasSize(1);
        assertThat(model.getOpsetImport(0).getDomain()).isEmpty();
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(opset);
    }

    @Test
    void aModelThatNoReaderTakesIsRefusedBeforeItsWeightsAreRead() {
        Graph graph = tinyGraph();
        graph.put(new Initializer.Floats("weight", List.of(600_000_000L), () -> {
            throw new AssertionError("read");
        }));
        assertThatThrownBy(() -> OnnxWriter.write(folder.resolve("m.onnx"), graph, Opset.DEFAULT, Map.of()))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("the model would take 2.4 GB, but an ONNX file holds 2 GB at most; use a smaller network");
        assertThat(folder).isEmptyDirectory();
    }

    /** Longer than the writer's buffer, with the bit patterns that a conversion could lose. */
    private static Graph tinyGraph() {
        float[] values = new float[40_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(i * 0x0101_0101);
        }
        values[0] = -0f;
        values[1] = Float.MIN_VALUE;
        values[2] = Float.MAX_VALUE;
        Graph graph = new Graph(
                "tiny",
                new Graph.Port("in", List.of("batch", "3", "4", "5")),
                new Graph.Port("out", List.of("batch", "2")));
        graph.put(new Initializer.Floats("weight", List.of(2L, 20_000L), values::clone));
        graph.put(new Initializer.Floats("scalar", List.of(), () -> new float[] {1.5f}));
        graph.put(new Initializer.Longs("longs", List.of(-1L, Long.MAX_VALUE, 0L)));
        graph.add(Node.of(
                OpType.RESIZE,
                "resize",
                List.of("in", "", "scalar", "longs"),
                Map.of("mode", "linear", "axes", List.of(2L, -1L))));
        graph.add(Node.of(
                OpType.BATCH_NORMALIZATION,
                "norm",
                List.of("resize", "weight", "weight", "weight", "weight"),
                Map.of("epsilon", 1e-5f)));
        graph.add(Node.of(OpType.FLATTEN, "flatten", List.of("norm"), Map.of("axis", 1L))
                .withOutput("out"));
        return graph;
    }

    private ModelProto writeAndParse(Graph graph, Opset opset, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(file, graph, opset, metadata);
        byte[] bytes = Files.readAllBytes(file);
        ModelProto model = ModelProto.parseFrom(bytes);
        assertThat(model.getSerializedSize()).as("nothing but the model").isEqualTo(bytes.length);
        return model;
    }

    private static void assertSameNodes(ModelProto model, Graph graph) {
        List<Node> parsed = new ArrayList<>();
        for (NodeProto proto : model.getGraph().getNodeList()) {
            OpType op = List.of(OpType.values()).stream()
                    .filter(candidate -> candidate.onnxName().equals(proto.getOpType()))
                    .findFirst()
                    .orElseThrow();
            assertThat(proto.getOutputList()).hasSize(1);
            assertThat(proto.getDomain()).isEmpty();
            Map<String, Object> attributes = new TreeMap<>();
            proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), value(attribute)));
            parsed.add(new Node(op, proto.getName(), proto.getInputList(), proto.getOutput(0), attributes));
        }
        assertThat(parsed).isEqualTo(graph.nodes());
    }

    private static Object value(AttributeProto attribute) {
        return switch (attribute.getType()) {
            case INT -> attribute.getI();
            case FLOAT -> attribute.getF();
            case STRING -> attribute.getS().toStringUtf8();
            case INTS -> attribute.getIntsList();
            default -> throw new AssertionError(attribute.getType());
        };
    }

    private static void assertSameInitializers(ModelProto model, Graph graph) {
        assertThat(model.getGraph().getInitializerList()).hasSameSizeAs(graph.initializers());
        for (int i = 0; i < graph.initializers().size(); i++) {
            TensorProto parsed = model.getGraph().getInitializer(i);
            Initializer initializer = graph.initializers().get(i);
            assertThat(parsed.getName()).isEqualTo(initializer.name());
            assertThat(parsed.getDimsList()).isEqualTo(initializer.shape());
            assertThat(parsed.getRawData().toByteArray())
                    .as(initializer.name())
                    .isEqualTo(bytes(parsed.getDataType(), initializer));
        }
    }

    private static byte[] bytes(int dataType, Initializer initializer) {
        if (initializer instanceof Initializer.Floats floats) {
            assertThat(dataType).isEqualTo(TensorProto.DataType.FLOAT.getNumber());
            float[] values = floats.read();
            ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asFloatBuffer().put(values);
            return buffer.array();
        }
        assertThat(dataType).isEqualTo(TensorProto.DataType.INT64.getNumber());
        List<Long> values = ((Initializer.Longs) initializer).values();
        ByteBuffer buffer = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(buffer::putLong);
        return buffer.array();
    }
}
