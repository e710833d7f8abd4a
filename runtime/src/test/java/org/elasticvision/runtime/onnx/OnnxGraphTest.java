package org.elasticvision.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is read of an ONNX file is what protobuf's own library wrote. */
class OnnxGraphTest {
    @TempDir
    Path folder;

    private OnnxGraph read(OnnxFile file) {
        return OnnxGraph.read(file.write(folder.resolve("m.onnx")));
    }

    private static OnnxFile relu() {
        return new OnnxFile()
                .input("x", TensorShape.ANY, 3, 4, 5)
                .output("y", TensorShape.ANY, 3, 4, 5)
                .node("Relu", List.of("x"), "y", Map.of());
    }

    @Test
    void inputsOutputsOpsetAndMetadata() {
        OnnxGraph graph = read(relu().opset(19).metadata(Map.of("a", "Ä\n€", "empty", "")));
        assertThat(graph.opset()).isEqualTo(19);
        assertThat(graph.metadata()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "Ä\n€", "empty", ""));
        assertThat(graph.inputs()).singleElement().satisfies(input -> {
            assertThat(input.name()).isEqualTo("x");
            assertThat(input.shape()).containsExactly(-1, 3, 4, 5);
            assertThat(input.isFloat()).isTrue();
        });
        assertThat(graph.outputs()).extracting(OnnxInput::name).containsExactly("y");
        assertThat(graph.constants()).isEmpty();
    }

    @Test
    void anInputOfAnotherTypeSaysSo() {
        OnnxGraph graph = read(relu().input("n", TensorProto.DataType.INT64));
        assertThat(graph.inputs()).extracting(OnnxInput::isFloat).containsExactly(true, false);
        assertThat(graph.inputs().get(1).shape()).isEmpty();
    }

    @Test
    void weightsAmongTheInputsAreNotInputs() {
        OnnxGraph graph = read(relu().input("w", 2).weights("w", new float[] {1, 2}, 2));
        assertThat(graph.inputs()).extracting(OnnxInput::name).containsExactly("x");
        assertThat(graph.constants()).containsOnlyKeys("w");
    }

    @Test
    void nodesWithAllThatTheyHave() {
        OnnxGraph graph = read(relu().node(OnnxParts.node(
                        "Odd",
                        "y - z",
                        "w",
                        OnnxParts.number("number", -7),
                        OnnxParts.real("real", 0.1f),
                        OnnxParts.text("text", "wört"),
                        OnnxParts.numbers("numbers", 1, -2, Long.MAX_VALUE, Long.MIN_VALUE),
                        OnnxParts.tensor("tensor", OnnxParts.longs("t", 5, -6)))
                .toBuilder()
                .setDomain("some.where")
                .addOutput("second")
                .build()));
        OnnxNode node = graph.nodes().get(1);
        assertThat(node.name()).isEqualTo("w");
        assertThat(node.operator()).isEqualTo("Odd");
        assertThat(node.domain()).isEqualTo("some.where");
        assertThat(node.inputs()).containsExactly("y", "", "z");
        assertThat(node.input(0)).contains("y");
        assertThat(node.input(1)).isEmpty();
        assertThat(node.input(3)).isEmpty();
        assertThat(node.outputs()).containsExactly("w", "second");
        assertThat(node.number("number", 1)).isEqualTo(-7);
        assertThat(node.number("other", 1)).isEqualTo(1);
        assertThat(node.real("real", 1)).isEqualTo(0.1f);
        assertThat(node.real("other", 2)).isEqualTo(2);
        assertThat(node.text("text", "")).isEqualTo("wört");
        assertThat(node.text("other", "usual")).isEqualTo("usual");
        assertThat(node.numbers("numbers")).containsExactly(1, -2, Long.MAX_VALUE, Long.MIN_VALUE);
        assertThat(node.numbers("other", 3, 4)).containsExactly(3, 4);
        assertThat(node.attributes().get("tensor").tensor().orElseThrow().numbers())
                .containsExactly(5, -6);
        assertThat(node.refusal("is odd")).hasMessage("node 'w' (Odd) is odd");
    }

    @Test
    void packedNumbersOfAnAttributeAreReadToo() {
        AttributeProto packed = OnnxParts.number("packed", 0).toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                8,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(new byte[] {1, (byte) 0xac, 2, 3}))
                                        .build())
                        .build())
                .build();
        OnnxGraph graph = read(relu().node(OnnxParts.node("Odd", "y", "w", packed)));
        assertThat(graph.nodes().get(1).numbers("packed")).containsExactly(1, 300, 3);
    }

    @Test
    void theDomainOfOnnxHasTwoNames() throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(GraphProto.newBuilder()
                        .addNode(OnnxParts.node("Relu", "x", "y").toBuilder().setDomain("ai.onnx")))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(13))
                .build();
        OnnxGraph graph = OnnxGraph.read(Files.write(folder.resolve("m.onnx"), model.toByteArray()));
        assertThat(graph.opset()).isEqualTo(13);
        assertThat(graph.nodes().get(0).domain()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"14, 17", "99, 17", "8, 27"})
    void whatANewerOnnxMeansIsNotKnown(long irVersion, long opset) throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(irVersion)
                .setGraph(GraphProto.newBuilder().addNode(OnnxParts.node("Relu", "x", "y")))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .build();
        Path file = Files.write(folder.resolve("m.onnx"), model.toByteArray());
        assertThatThrownBy(() -> OnnxGraph.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " was written for a newer ONNX (IR version " + irVersion + ", opset " + opset
                        + ") than is known here (13, 26); save it for an older one, or use --provider cpu");
    }

    static Stream<TensorProto> tensors() {
        TensorProto.DataType[] whole = {
            TensorProto.DataType.INT8, TensorProto.DataType.INT16, TensorProto.DataType.INT32,
        };
        Stream<TensorProto> inInts = Stream.of(whole).map(type -> OnnxParts.shaped(type + " int32_data", type, 3)
                .addAllInt32Data(List.of(1, -2, 127))
                .build());
        return Stream.concat(
                inInts,
                Stream.of(
                        OnnxParts.codes("raw int8", true, new byte[] {1, -2, 127}, 3),
                        OnnxParts.raw("raw int16", TensorProto.DataType.INT16, new byte[] {1, 0, -2, -1, 127, 0}, 3),
                        OnnxParts.ints("raw int32", 1, -2, 127),
                        OnnxParts.longs("raw int64", 1, -2, 127),
                        OnnxParts.floats("raw float", new float[] {1, -2, 127}, 3),
                        OnnxParts.raw(
                                "raw float16",
                                TensorProto.DataType.FLOAT16,
                                new byte[] {0, 0x3c, 0, (byte) 0xc0, (byte) 0xf0, 0x57},
                                3),
                        OnnxParts.shaped("float16 in int32_data", TensorProto.DataType.FLOAT16, 3)
                                .addAllInt32Data(List.of(0x3c00, 0xc000, 0x57f0))
                                .build(),
                        OnnxParts.shaped("int64_data", TensorProto.DataType.INT64, 3)
                                .addAllInt64Data(List.of(1L, -2L, 127L))
                                .build(),
                        OnnxParts.shaped("float_data", TensorProto.DataType.FLOAT, 3)
                                .addAllFloatData(List.of(1f, -2f, 127f))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void tensorsOfEveryTypeInEveryForm(TensorProto written) {
        OnnxTensor tensor = read(relu().tensor(written)).constants().get(written.getName());
        assertThat(tensor.floats()).containsExactly(1, -2, 127);
        assertThat(tensor.shape()).containsExactly(3);
        assertThat(tensor.elements()).isEqualTo(3);
        assertThat(tensor.bytes().remaining()).isEqualTo(3 * tensor.type().bytes());
        if (tensor.type() == OnnxType.FLOAT || tensor.type() == OnnxType.FLOAT16) {
            assertThatThrownBy(tensor::numbers)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("'" + written.getName() + "' has numbers of type " + tensor.type());
        } else {
            assertThat(tensor.numbers()).containsExactly(1, -2, 127);
        }
    }

    @Test
    void unsignedCodesGoTo255() {
        OnnxTensor tensor = read(relu().tensor(OnnxParts.codes("c", false, new byte[] {0, -1, -128}, 3)))
                .constants()
                .get("c");
        assertThat(tensor.numbers()).containsExactly(0, 255, 128);
        assertThat(tensor.floats()).containsExactly(0, 255, 128);
    }

    @Test
    void aSingleNumberHasNoDimensionsAndAnEmptyTensorNoElements() {
        OnnxGraph graph = read(relu().tensor(OnnxParts.scalar("one", 2)).tensor(OnnxParts.longs("none")));
        assertThat(graph.constants().get("one").shape()).isEmpty();
        assertThat(graph.constants().get("one").floats()).containsExactly(2);
        assertThat(graph.constants().get("none").numbers()).isEmpty();
    }

    @Test
    void weightsBesideTheModel() {
        OnnxGraph graph = read(relu().weightsIn("data/w.bin", "a", new float[] {1, 2}, 2)
                .weightsIn("data/w.bin", "b", new float[] {3, 4, 5}, 3));
        assertThat(graph.constants().get("a").floats()).containsExactly(1, 2);
        assertThat(graph.constants().get("b").floats()).containsExactly(3, 4, 5);
    }

    @Test
    void anInterruptedThreadReadsAllTheSame() {
        Thread.currentThread().interrupt();
        try {
            OnnxGraph graph = OnnxGraph.read(
                    relu().weightsIn("w.bin", "a", new float[] {1, 2}, 2).write(folder.resolve("m.onnx")));
            assertThat(graph.constants().get("a").floats()).containsExactly(1, 2);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void weightsThatWereChangedWhileTheModelIsOpenAreRefused() throws IOException {
        OnnxTensor tensor = read(relu().weightsIn("w.bin", "a", new float[] {1, 2}, 2))
                .constants()
                .get("a");
        Files.write(folder.resolve("w.bin"), new byte[3]);
        assertThatThrownBy(tensor::floats)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("w.bin: the weights 'a' cannot be read (the file ends early)");
        Files.delete(folder.resolve("w.bin"));
        assertThatThrownBy(tensor::floats)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'a' cannot be read");
    }
}
