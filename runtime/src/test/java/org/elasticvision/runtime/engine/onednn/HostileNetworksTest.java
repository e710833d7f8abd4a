package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.Provider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;
import static org.elasticvision.runtime.engine.OnnxParts.text;

/** Files that mean harm, or nothing, are refused in one line before anything native sees them, and leave nothing open. */
@Timeout(120)
class HostileNetworksTest {
    private static final long LARGEST = Long.MAX_VALUE;
    private static final AttributeProto TWO = numbers("kernel_shape", 2, 2);
    private static final AttributeProto LINEAR = text("mode", "linear");
    private static final AttributeProto CORNERS = text("coordinate_transformation_mode", "align_corners");
    private static final AttributeProto PIXELS = numbers("axes", 2, 3);
    private static final EngineOptions ONE_THREAD = new EngineOptions(1).withProvider(Provider.ONEDNN);

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    private static OnnxFile tensors() {
        return new OnnxFile()
                .input("x", -1, 4, 6, 6)
                .output("y", -1, 4, 6, 6)
                .opset(18)
                .tensor(random("w", 1, 4, 4, 1, 1))
                .tensor(random("w3", 1, 4, 4, 3, 3))
                .tensor(random("each", 1, 4, 1, 3, 3))
                .tensor(random("pair", 1, 4, 4, 2, 1))
                .tensor(random("six", 1, 6, 1, 1, 1))
                .tensor(random("noOutputs", 1, 0, 4, 1, 1))
                .tensor(random("noInputs", 1, 4, 0, 1, 1))
                .tensor(random("noKernel", 1, 4, 4, 0, 1))
                .tensor(random("four", 1, 4))
                .tensor(scalar("one", 1))
                .tensor(scalar("notANumber", Float.NaN))
                .tensor(scalar("infinite", Float.POSITIVE_INFINITY))
                .tensor(scalar("below", -1))
                .tensor(floats("none", new float[0], 0))
                .tensor(scales("huge", 1e30f))
                .tensor(scales("endless", Float.POSITIVE_INFINITY))
                .tensor(scales("undefined", Float.NaN))
                .tensor(scales("nothing", 0))
                .tensor(scales("backwards", -2))
                .tensor(longs("hugeSize", LARGEST, 1))
                .tensor(longs("negativeSize", 6, -6))
                .tensor(longs("wideSize", 6, 65536))
                .tensor(longs("wrapping", 1L << 29, 1L << 35))
                .tensor(longs("wrappingWeights", 4, 1L << 27, 1L << 35, 1))
                .tensor(longs("negativeShape", 4, -4))
                .tensor(longs("hugePads", 0, 0, LARGEST, 0, 0, 0, 0, 0))
                .tensor(longs("wrappingPads", 0, 0, 1L << 32, 0, 0, 0, 0, 0))
                .tensor(longs("zeros", 0, 0))
                .tensor(longs("least", Long.MIN_VALUE, 1))
                .tensor(longs("axes", 2, 3))
                .tensor(OnnxParts.code("zero", false, 3))
                .tensor(OnnxParts.codes("twoZeros", false, new byte[] {1, 2}, 2))
                .tensor(OnnxParts.randomCodes("codes", 4, 4, 1, 1))
                .tensor(OnnxParts.randomCodes("noCodes", 0))
                .tensor(OnnxParts.randomCodes("column", 4, 1));
    }

    private static TensorProto scales(String name, float scale) {
        return floats(name, new float[] {1, 1, scale, 2}, 4);
    }

    private static Arguments of(String operator, String inputs, String why, AttributeProto... attributes) {
        return Arguments.of(operator + " " + inputs + " " + why, List.of(node(operator, inputs, "y", attributes)), why);
    }

    private static Arguments of(String why, NodeProto... nodes) {
        return Arguments.of(why, List.of(nodes), why);
    }

    static Stream<Arguments> windows() {
        String reaches = "(Conv) has kernels that see padding alone, or moves over padding by more than its kernel";
        return Stream.of(
                of("Conv", "x w", "has a size of " + LARGEST, numbers("pads", LARGEST, 0, 0, 0)),
                of("Conv", "x w", "has a size of " + Long.MIN_VALUE, numbers("pads", 0, 0, 0, Long.MIN_VALUE)),
                of("Conv", "x w", "has a size of 4294967296", numbers("pads", 0, 1L << 32, 0, 0)),
                of("Conv", "x w", "has a size of " + LARGEST, numbers("strides", LARGEST, 1)),
                of("Conv", "x w", "has a size of -2", numbers("dilations", 1, -2)),
                of("Conv", "x w3", "has a size of 131073", numbers("dilations", 65536, 1)),
                of("Conv", "x w3", "is given an image smaller than its kernel", numbers("dilations", 3, 3)),
                of("Conv", "x w3", reaches, numbers("pads", 3, 0, 0, 0)),
                of("Conv", "x w", reaches, numbers("pads", 0, 0, 0, 1)),
                of("Conv", "x w3", reaches, numbers("pads", 1, 1, 1, 1), numbers("strides", 1, 4)),
                of("Conv", "x pair", reaches, numbers("dilations", 8, 1), numbers("pads", 1, 0, 2, 0)),
                of("Conv", "x each", reaches, numbers("pads", 65536, 65536, 65536, 65536), number("group", 4)),
                of(reaches, node("Pad", "x hugePads2", "p"), node("Conv", "p w3", "y")),
                of("MaxPool", "x", "has a size of " + LARGEST, numbers("kernel_shape", LARGEST, 1)),
                of("MaxPool", "x", "has a size of 0", numbers("kernel_shape", 0, 2)),
                of("AveragePool", "x", "has a size of -1", TWO, numbers("strides", -1, 1)),
                of("AveragePool", "x", "pads by as much as its kernel", TWO, numbers("pads", 65536, 0, 0, 0)),
                of("ConvTranspose", "x each", "has a size of", number("group", 4), numbers("strides", 65536, 65536)),
                of("ConvTranspose", "x each", "has a size of -", number("group", 4), numbers("pads", 9, 9, 9, 9)),
                of("Pad", "x hugePads", "has a size of " + LARGEST),
                of("Pad", "x wrappingPads", "has a size of 4294967296"));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                of("Conv", "x six", "do not fit 4 channels in 4 groups", number("group", 4)),
                of("Conv", "x w", "do not fit 4 channels in 3 groups", number("group", 3)),
                of("Conv", "x w", "has a size of " + LARGEST, number("group", LARGEST)),
                of("Conv", "x noOutputs", "has weights of shape [0, 4, 1, 1]"),
                of("Conv", "x noInputs", "has weights of shape [4, 0, 1, 1]"),
                of("Conv", "x noKernel", "has a size of 0"),
                of("Conv", "x w none", "has 0 biases for 4 channels"),
                of("Conv", "x gone", "needs a constant as its input 1"),
                of("Conv", "x w gone", "needs a constant as its input 2"),
                of("Mul", "one none", "multiplies constants of which one has no numbers"),
                of("Mul", "none one", "multiplies constants of which one has no numbers"),
                of("Add", "x none", "has a constant of the shape [0]"),
                of("Expand", "one wrapping", "has the shape [536870912, 34359738368]"),
                of("Expand", "one wrappingWeights", "has the shape [4, 134217728, 34359738368, 1]"),
                of("Expand", "one negativeShape", "has the shape [4, -4]"),
                of("BatchNormalization", "x four four four none", "has 0 numbers for 4 channels"),
                of("Slice", "x zeros least axes", "takes another part of an image"),
                of("Concat", "x ".repeat(513).trim(), "joins 513 values, more than 512", number("axis", 1)),
                of("Resize", "x - huge", "has a size of " + LARGEST, LINEAR),
                of("Resize", "x - endless", "has a size of " + LARGEST, LINEAR),
                of("Resize", "x - undefined", "resizes to a part of a pixel", LINEAR),
                of("Resize", "x - nothing", "has a size of 0", LINEAR),
                of("Resize", "x - backwards", "has a size of -12", LINEAR),
                of("Resize", "x - none", "resizes other dimensions than height and width", LINEAR),
                of("Resize", "x - - hugeSize", "has a size of " + LARGEST, LINEAR, PIXELS),
                of("Resize", "x - - negativeSize", "has a size of -6", LINEAR, PIXELS),
                of(
                        "resizes 6x65536 pixels between corners to 6x65536, which takes too many weights",
                        node("Resize", "x - - wideSize", "r", LINEAR, PIXELS),
                        node("Resize", "r - - wideSize", "y", LINEAR, PIXELS, CORNERS)));
    }

    static Stream<Arguments> scales() {
        String oneScale = "(QuantizeLinear) does not have one scale above 0 and one zero point for all of an image";
        return Stream.of(
                of("QuantizeLinear", "x none", oneScale),
                of("QuantizeLinear", "x notANumber", oneScale),
                of("QuantizeLinear", "x infinite", oneScale),
                of("QuantizeLinear", "x below", oneScale),
                of("QuantizeLinear", "x four zero", oneScale, number("axis", 7)),
                of("QuantizeLinear", "x one twoZeros", oneScale),
                of("QuantizeLinear", "x one gone", "needs a constant as its input 2"),
                of("QuantizeLinear", "x gone", "needs a constant as its input 1"),
                of("DequantizeLinear", "codes none", "with scales of another axis than the first"),
                of("DequantizeLinear", "codes four", "with scales of another axis than the first", number("axis", 2)),
                of("DequantizeLinear", "codes four", "with scales of another axis than the first", number("axis", 9)),
                of("DequantizeLinear", "column four", "with scales of another axis than the first"),
                of("DequantizeLinear", "column four", "scales of another axis", number("axis", Long.MIN_VALUE)),
                of("DequantizeLinear", "codes notANumber", "has a scale of NaN"),
                of("DequantizeLinear", "codes infinite", "has a scale of Infinity"),
                of("Conv", "x noCodes", "has weights of shape [0]"));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                of("Relu", "y", "its nodes need one another in a circle"),
                of("its nodes need one another in a circle", node("Relu", "b", "a"), node("Relu", "a", "b")),
                of("its nodes need one another in a circle", node("Relu", "x", "x")),
                of("has the input 'b', which no node before it makes", node("Relu", "b", "a"), node("Relu", "x", "b")),
                of("makes 'x', which is an input or a constant of the model", node("Relu", "one", "x")),
                of("makes 'w', which is an input or a constant of the model", node("Relu", "x", "w")),
                of("makes 'w', which is an input or a constant of the model", node("Identity", "one", "w")),
                of("makes 'a', which another node makes too", node("Identity", "one", "a"), node("Relu", "x", "a")),
                of("has no name for its output", node("Relu", "x", ""), node("Add", "x -", "y")),
                of("has the input '', which no node before it makes", node("Add", "x -", "y")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"windows", "shapes", "scales", "names"})
    void isRefusedInOneLine(String name, List<NodeProto> nodes, String why) {
        OnnxFile file = tensors().tensor(longs("hugePads2", 0, 0, 3, 0, 0, 0, 0, 0));
        nodes.forEach(file::node);
        assertRefused(file, why);
    }

    private void assertRefused(OnnxFile graph, String why) {
        Path file = graph.write(folder.resolve("hostile.onnx"));
        long before = Pointer.totalBytes();
        assertThatThrownBy(() -> Engine.open(file, ONE_THREAD))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before); // less where garbage of others was freed
    }

    @Test
    void twoTensorsOfOneName() {
        assertRefused(tensors().tensor(random("w", 1, 4)).node(node("Relu", "x", "y")), "has two tensors named 'w'");
    }

    @Test
    void aBatchOfMillions() {
        assertRefused(
                new OnnxFile()
                        .input("x", 1 << 30, 3, 1, 1)
                        .output("y", 1 << 30, 3, 1, 1)
                        .node(node("Relu", "x", "y")),
                "has the shape [1073741824, 3, 1, 1], which is not that of images");
    }

    @Test
    void aSoftmaxOverChannelsAndPixels() {
        assertRefused(
                new OnnxFile()
                        .input("x", 1, 3, 2, 2)
                        .output("y", 1, 3, 2, 2)
                        .opset(12)
                        .node(node("LogSoftmax", "x", "y", number("axis", 1))),
                "is over channels and pixels together, as it is in opset 12");
    }

    @Test
    void weightsOutsideOfTheFolder() throws Exception {
        Path below = Files.createDirectories(folder.resolve("below"));
        Path file = tensors()
                .weightsIn("../outside.bin", "far", new float[16], 4, 4, 1, 1)
                .node(node("Conv", "x far", "y"))
                .write(below.resolve("hostile.onnx"));
        assertThat(folder.resolve("outside.bin")).exists();
        assertThatThrownBy(() -> Engine.open(file, ONE_THREAD))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("outside")
                .message()
                .doesNotContain("\n");
    }
}
