package org.elasticvision.runtime.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Whatever is in a file, it is a graph or is refused in one line, quickly. */
class DamagedOnnxGraphTest {
    private static final Duration QUICKLY = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private byte[] whole() throws IOException {
        return Files.readAllBytes(TinyNetworks.classifier(1, 4, 4, new float[5][3], new float[5])
                .tensor(OnnxParts.longs("numbers", 1, 2, 300))
                .node(OnnxParts.node("Odd", "x", "y", OnnxParts.numbers("kernel", 3, 3), OnnxParts.real("r", 1)))
                .metadata(Map.of("key", "value"))
                .write(folder.resolve("whole.onnx")));
    }

    private void readOrRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("damaged.onnx"), bytes);
        try {
            OnnxGraph graph = OnnxGraph.read(file);
            for (OnnxTensor tensor : graph.constants().values()) {
                assertThat(tensor.floats()).hasSize(tensor.elements());
            }
        } catch (ModelException e) {
            assertThat(e).hasMessageStartingWith(file.toString());
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }

    /** Who follows a value up would never come to an end. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void nodesThatNeedOneAnotherAreRefused(String needed) {
        OnnxFile circle = new OnnxFile()
                .input("x", 1, 3, 4, 4)
                .output("y", 1, 3, 4, 4)
                .node("Cast", List.of("b"), "a", Map.of())
                .node("Cast", List.of(needed), "b", Map.of())
                .node("Add", List.of("x", "b"), "y", Map.of());
        Path file = circle.write(folder.resolve("circle.onnx"));
        assertThatThrownBy(() -> OnnxGraph.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("its nodes need one another in a circle");
    }

    /** Where two nodes make one value, who follows it down may take the one or the other. */
    @Test
    void aCircleThroughASecondMakerIsOneToo() {
        Path file = new OnnxFile()
                .input("x", 1, 3, 4, 4)
                .output("y", 1, 3, 4, 4)
                .node("Cast", List.of("b"), "a", Map.of())
                .node("Cast", List.of("x"), "a", Map.of())
                .node("Cast", List.of("a"), "b", Map.of())
                .write(folder.resolve("two.onnx"));
        assertThatThrownBy(() -> OnnxGraph.read(file)).hasMessageContaining("its nodes need one another in a circle");
    }

    /** A name that is left out is no value: neither of a node's second output nor of another's second input. */
    @Test
    void whatIsLeftOutIsNoCircle() {
        NodeProto resize = NodeProto.newBuilder()
                .setOpType("Resize")
                .addInput("x")
                .addInput("")
                .addInput("s")
                .addOutput("a")
                .build();
        NodeProto dropout = NodeProto.newBuilder()
                .setOpType("Dropout")
                .addInput("a")
                .addOutput("y")
                .addOutput("")
                .build();
        OnnxFile file =
                new OnnxFile().input("x", 1, 3, 4, 4).output("y", 1, 3, 4, 4).nodes(resize, dropout);
        assertThat(OnnxGraph.read(file.write(folder.resolve("left-out.onnx"))).nodes())
                .hasSize(2);
    }

    @Test
    void anotherOrderOfTheNodesIsNoCircle() {
        OnnxFile late = new OnnxFile()
                .input("x", 1, 3, 4, 4)
                .output("y", 1, 3, 4, 4)
                .node("Add", List.of("a", "a"), "y", Map.of())
                .node("Relu", List.of("x"), "a", Map.of());
        assertThat(OnnxGraph.read(late.write(folder.resolve("late.onnx"))).nodes())
                .extracting(OnnxNode::operator)
                .containsExactly("Add", "Relu");
    }

    @Test
    void cutOffAnywhere() throws IOException {
        byte[] whole = whole();
        assertTimeoutPreemptively(QUICKLY, () -> {
            for (int length = 0; length < whole.length; length += 7) {
                readOrRefused(Arrays.copyOf(whole, length));
            }
        });
    }

    @Test
    void bytesChangedAnywhere() throws IOException {
        byte[] whole = whole();
        Random random = new Random(5);
        assertTimeoutPreemptively(QUICKLY, () -> {
            for (int i = 0; i < 2000; i++) {
                byte[] damaged = whole.clone();
                for (int change = 0; change <= i % 3; change++) {
                    damaged[random.nextInt(damaged.length)] =
                            i % 2 == 0 ? (byte) random.nextInt(256) : (byte) (random.nextBoolean() ? 0xff : 0x7f);
                }
                readOrRefused(damaged);
            }
        });
    }

    @Test
    void anythingAtAll() throws IOException {
        Random random = new Random(6);
        assertTimeoutPreemptively(QUICKLY, () -> {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                readOrRefused(bytes);
            }
        });
    }

    @Test
    void text() throws IOException {
        assertRefused(Files.writeString(folder.resolve("a.onnx"), "This is not a model.\n"), "is not an ONNX model");
    }

    @Test
    void nothing() throws IOException {
        assertRefused(Files.createFile(folder.resolve("a.onnx")), "it holds no graph");
    }

    @Test
    void aFolderOrAMissingFile() {
        assertRefused(folder.resolve("missing.onnx"), "missing.onnx");
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> OnnxGraph.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + " is not an ONNX model, or is damaged or cut off; ")
                .hasMessageContaining(why);
    }

    private void assertRefused(TensorProto tensor, String why) {
        assertRefused(new OnnxFile().tensor(tensor).write(folder.resolve("a.onnx")), why);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31})
    void dimensionsThatCannotBe(long length) {
        assertRefused(
                OnnxParts.raw("w", TensorProto.DataType.FLOAT, new byte[4], length),
                "the tensor 'w' has a dimension of " + length);
    }

    @Test
    void dimensionsWhoseProductIsTooLarge() {
        assertRefused(
                OnnxParts.raw("w", TensorProto.DataType.FLOAT, new byte[4], 1 << 16, 1 << 16),
                "the tensor 'w' is larger than 2 GB");
        assertRefused(
                OnnxParts.raw("w", TensorProto.DataType.FLOAT, new byte[4], 1 << 30, 1 << 30, 1 << 30, 1 << 30),
                "the tensor 'w' is larger than 2 GB");
    }

    @Test
    void tooManyDimensions() {
        long[] ones = new long[65];
        Arrays.fill(ones, 1);
        assertRefused(OnnxParts.raw("w", TensorProto.DataType.FLOAT, new byte[4], ones), "more than 64 numbers");
    }

    @Test
    void bytesThatDoNotFitTheShape() {
        String why = "the tensor 'w' has not as many bytes as its shape asks for";
        assertRefused(OnnxParts.raw("w", TensorProto.DataType.FLOAT, new byte[4], 2), why);
        assertRefused(OnnxParts.raw("w", TensorProto.DataType.FLOAT, new byte[12], 2), why);
        assertRefused(OnnxParts.raw("w", TensorProto.DataType.INT8, new byte[0], 1), why);
        assertRefused(
                OnnxParts.shaped("w", TensorProto.DataType.FLOAT, 1000, 1000).build(), why);
        assertRefused(
                OnnxParts.shaped("w", TensorProto.DataType.INT64, 2)
                        .addInt64Data(1)
                        .build(),
                why);
        assertRefused(
                OnnxParts.shaped("w", TensorProto.DataType.FLOAT, 3)
                        .addFloatData(1)
                        .build(),
                why);
    }

    @Test
    void aTypeThatIsNotRead() {
        assertRefused(
                OnnxParts.raw("w", TensorProto.DataType.DOUBLE, new byte[8], 1),
                "the tensor 'w' is of type 11, which is not float, float16, int8, uint8, int16, int32 or int64");
    }

    private TensorProto external(String... entries) {
        TensorProto.Builder tensor =
                OnnxParts.shaped("w", TensorProto.DataType.FLOAT, 2).setDataLocation(TensorProto.DataLocation.EXTERNAL);
        for (int i = 0; i < entries.length; i += 2) {
            tensor.addExternalData(
                    StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
        }
        return tensor.build();
    }

    @Test
    void weightsOutsideOfTheFolder() throws IOException {
        Files.write(folder.resolve("x"), new byte[8]);
        Path below = Files.createDirectory(folder.resolve("below"));
        for (String location : List.of("../x", "a/../../x", folder.resolve("x").toString())) {
            assertRefused(
                    new OnnxFile().tensor(external("location", location)).write(below.resolve("a.onnx")),
                    "the weights 'w' are in '" + location + "', outside of the model's folder");
        }
    }

    @Test
    void weightsThatALinkLeadsTo() throws IOException {
        Files.write(folder.resolve("x"), new byte[8]);
        Path below = Files.createDirectory(folder.resolve("below"));
        Files.createSymbolicLink(below.resolve("file"), Path.of("../x"));
        Files.createSymbolicLink(below.resolve("up"), Path.of(".."));
        for (String location : List.of("file", "up/x")) {
            assertRefused(
                    new OnnxFile().tensor(external("location", location)).write(below.resolve("a.onnx")),
                    "the weights 'w' are in '" + location + "', a link out of the model's folder");
        }
        Files.createSymbolicLink(folder.resolve("link"), Path.of("x"));
        Path inside = new OnnxFile().tensor(external("location", "link")).write(folder.resolve("a.onnx"));
        assertThat(OnnxGraph.read(inside).constants()).containsKey("w");
    }

    @Test
    void weightsThatAreNotThere() throws IOException {
        assertRefused(
                external("location", "missing.bin"), "the weights 'w' are in 'missing.bin', which does not exist");
        assertRefused(external("location", "\0"), "which is not a file");
        assertRefused(external(), "the weights 'w' are in '', which does not exist");
        Files.createDirectory(folder.resolve("d"));
        assertRefused(external("location", "d"), "the weights 'w' are in 'd', which does not exist");
    }

    @Test
    void placesThatAreNotInTheFile() throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[8]);
        String why = "the tensor 'w' has not as many bytes as its shape asks for";
        assertRefused(external("location", "w.bin", "offset", "1"), why);
        assertRefused(external("location", "w.bin", "offset", "-1"), why);
        assertRefused(external("location", "w.bin", "offset", Long.toString(Long.MAX_VALUE)), why);
        assertRefused(external("location", "w.bin", "length", "7"), why);
        assertRefused(external("location", "w.bin", "offset", "x"), "stand at 'x', which is not a number");
    }

    @Test
    void sparseWeights() throws IOException {
        ModelProto model = ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addSparseInitializer(SparseTensorProto.getDefaultInstance()))
                .build();
        assertRefused(Files.write(folder.resolve("a.onnx"), model.toByteArray()), "it has sparse weights");
    }

    @Test
    void aNodeWithoutOutputs() {
        NodeProto node = NodeProto.newBuilder()
                .setName("n")
                .setOpType("Relu")
                .addInput("x")
                .build();
        assertRefused(new OnnxFile().node(node).write(folder.resolve("a.onnx")), "the node 'n' has no output");
    }

    @Test
    void aNameOfMegabytes() {
        assertRefused(
                new OnnxFile()
                        .node(OnnxParts.node("x".repeat(1 << 20), "a", "b"))
                        .write(folder.resolve("a.onnx")),
                "a text of 1048576 bytes");
    }

    @Test
    void anAttributeOfMillionsOfNumbers() {
        assertRefused(
                new OnnxFile()
                        .node(OnnxParts.node("Odd", "a", "b", OnnxParts.numbers("n", new long[1 << 17])))
                        .write(folder.resolve("a.onnx")),
                "more than 65536 numbers");
    }
}
