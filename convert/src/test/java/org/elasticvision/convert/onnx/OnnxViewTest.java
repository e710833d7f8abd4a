package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.GraphView;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.base.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** ONNX files of any kind are read as they are. */
class OnnxViewTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 0000c03f000000c0, 1.5 -2",
        "DOUBLE, 000000000000f83f, 1.5",
        "FLOAT16, 003e00c0, 1.5 -2",
        "BFLOAT16, c03f00c0, 1.5 -2",
        "INT8, ff7f, -1 127",
        "UINT8, ff7f, 255 127",
        "BOOL, 0100, 1 0",
        "INT16, feff, -2",
        "UINT16, feff, 65534",
        "INT32, feffffff, -2",
        "UINT32, feffffff, 4294967294",
        "INT64, feffffffffffffff, -2"
    })
    void rawBytesAreNumbers(DataType type, String bytes, String numbers) {
        ByteString raw = ByteString.copyFrom(HexFormat.of().parseHex(bytes));
        assertThat(read(tensor -> tensor.setDataType(type.getNumber()).setRawData(raw)))
                .hasValue(numbers(numbers));
    }

    @Test
    void theFieldsOfTheTypesAreNumbers() {
        assertThat(read(tensor -> tensor.setDataType(DataType.FLOAT_VALUE).addFloatData(1.5f)))
                .hasValue(numbers("1.5"));
        assertThat(read(tensor -> tensor.setDataType(DataType.DOUBLE_VALUE).addDoubleData(1.5)))
                .hasValue(numbers("1.5"));
        assertThat(read(tensor -> tensor.setDataType(DataType.FLOAT16_VALUE).addInt32Data(0x3E00)))
                .hasValue(numbers("1.5"));
        assertThat(read(tensor -> tensor.setDataType(DataType.BFLOAT16_VALUE).addInt32Data(0x3FC0)))
                .hasValue(numbers("1.5"));
        assertThat(read(tensor -> tensor.setDataType(DataType.INT8_VALUE).addInt32Data(-3)))
                .hasValue(numbers("-3"));
        assertThat(read(tensor -> tensor.setDataType(DataType.INT64_VALUE).addInt64Data(-3)))
                .hasValue(numbers("-3"));
        assertThat(read(tensor -> tensor.setDataType(DataType.UINT32_VALUE).addUint64Data(3)))
                .hasValue(numbers("3"));
    }

    @Test
    void whatIsNoNumberIsUnknown() {
        assertThat(read(tensor -> tensor.setDataType(DataType.STRING_VALUE))).isEmpty();
    }

    @Test
    void weightsInAFileOfTheirOwnAreRead() throws IOException {
        Consumer<TensorProto.Builder> elsewhere = tensor -> tensor.setDataType(DataType.FLOAT_VALUE)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("tensor.data"));
        assertThatThrownBy(() -> read(elsewhere))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "its weights are in tensor.data, which does not exist beside it; copy both files");
        Files.write(folder.resolve("tensor.data"), HexFormat.of().parseHex("0000c03f000000c0"));
        assertThat(read(elsewhere)).hasValue(numbers("1.5 -2"));
    }

    @Test
    void oursAreTheSameInMemoryAndInAFile() {
        Graph graph = new Graph("g", new Graph.Port("x", List.of("N", "2")), new Graph.Port("y", List.of("N", "2")));
        graph.put(new Initializer.Floats("halves", List.of(2L), () -> new float[] {1.5f, -2}).inHalf());
        graph.put(Initializer.Bytes.scalar("unsigned", false, 200));
        graph.put(new Initializer.Bytes("signed", List.of(1L), true, () -> new byte[] {-3}));
        graph.put(new Initializer.Ints("ints", List.of(1L), () -> new int[] {-70000}, false));
        graph.put(new Initializer.Longs("longs", List.of(7L, 8L)));
        graph.add(Node.of(OpType.CAST, "cast", List.of("x"), Map.of("to", 10L)));
        graph.add(
                Node.of(OpType.ADD, "add", List.of("cast", "halves"), Map.of()).withOutput("y"));
        OnnxModel model = new OnnxModel(graph, Opset.DEFAULT, Map.of());
        Path file = folder.resolve("model.onnx");
        model.write(file);
        OnnxView read = OnnxView.read(file);
        OnnxView seen = OnnxView.of(model);
        assertThat(seen.graph().nodes()).isEqualTo(read.graph().nodes()).hasSize(2);
        assertThat(seen.graph().inputs()).isEqualTo(read.graph().inputs());
        assertThat(seen.opset()).isEqualTo(read.opset()).isEqualTo(18);
        assertThat(seen.graph().initializers()).hasSameSizeAs(read.graph().initializers());
        for (int i = 0; i < seen.graph().initializers().size(); i++) {
            GraphView.Tensor ours = seen.graph().initializers().get(i);
            GraphView.Tensor filed = read.graph().initializers().get(i);
            assertThat(ours.type()).isEqualTo(filed.type());
            assertThat(ours.shape()).isEqualTo(filed.shape());
            assertThat(ours.numbers().get().orElseThrow())
                    .isEqualTo(filed.numbers().get().orElseThrow())
                    .isNotEmpty();
        }
    }

    @Test
    void aFileCutAnywhereIsReadOrRefusedInOneLine() throws IOException {
        byte[] bytes = new TestProto(18)
                .input("x", TestProto.FLOAT, "1", "N")
                .integers("axes", TestProto.INT64, List.of(1L), 0)
                .node("Unsqueeze", "x axes", "y")
                .output("y", TestProto.FLOAT)
                .build()
                .toByteArray();
        Path file = folder.resolve("cut.onnx");
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            try {
                OnnxView.read(file);
            } catch (ModelException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length / 2);
        assertThatThrownBy(() -> OnnxView.read(folder.resolve("none.onnx")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("none.onnx");
    }

    private Optional<double[]> read(Consumer<TensorProto.Builder> values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName("t");
        values.accept(tensor);
        try {
            Path file = Files.write(
                    folder.resolve("tensor.onnx"),
                    ModelProto.newBuilder()
                            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
                            .setGraph(GraphProto.newBuilder().addInitializer(tensor))
                            .build()
                            .toByteArray());
            return OnnxView.read(file).graph().initializers().get(0).numbers().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
