package org.elasticvision.runtime.engine.onednn.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.onednn.network.reading.NetworkReader;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.real;
import static org.elasticvision.runtime.engine.OnnxParts.text;

/** What is not computed here is refused, naming the node; nothing is computed as something else. */
class NetworkRefusalsTest {
    private static final AttributeProto TWO = numbers("kernel_shape", 2, 2);
    private static final AttributeProto LINEAR = text("mode", "linear");

    @TempDir
    Path folder;

    private static OnnxFile constants() {
        return new OnnxFile()
                .input("x", -1, 4, 6, 6)
                .output("y")
                .tensor(OnnxParts.random("w", 1, 4, 4, 1, 1))
                .tensor(OnnxParts.random("thin", 1, 4, 3, 1, 1))
                .tensor(OnnxParts.random("three", 1, 3))
                .tensor(OnnxParts.random("four", 1, 4))
                .tensor(OnnxParts.random("matrix", 1, 3, 4))
                .tensor(OnnxParts.random("column", 1, 4, 1))
                .tensor(OnnxParts.random("row", 1, 1, 4))
                .tensor(OnnxParts.floats("scales", new float[] {1, 1, 1.2f, 2}, 4))
                .tensor(OnnxParts.floats("channelScales", new float[] {1, 2, 2, 2}, 4))
                .tensor(OnnxParts.longs("sizes", 1, 5, 12, 12))
                .tensor(OnnxParts.longs("ends", 3, 3))
                .tensor(OnnxParts.longs("last", -1, 3))
                .tensor(OnnxParts.longs("zeros", 0, 0))
                .tensor(OnnxParts.longs("ones", 1, 1))
                .tensor(OnnxParts.longs("axes", 2, 3))
                .tensor(OnnxParts.longs("one", 1, 1))
                .tensor(OnnxParts.longs("pads", 0, 0, 1, 1, 0, 0, 1, 1))
                .tensor(OnnxParts.longs("cancelling", 1, 0, 1, 1, -1, 0, 1, 1))
                .tensor(OnnxParts.longs("negative", 0, 0, -1, 0, 0, 0, 0, 0))
                .tensor(OnnxParts.longs("endless", 1 << 13, 1 << 13))
                .tensor(OnnxParts.scalar("half", 0.5f))
                .tensor(OnnxParts.scalar("zero", 0))
                .tensor(OnnxParts.code("code", false, 3))
                .tensor(OnnxParts.raw("wideCode", TensorProto.DataType.INT16, new byte[2]))
                .tensor(OnnxParts.code("code8", true, 3))
                .tensor(OnnxParts.randomCodes("codes", 4, 4, 1, 1));
    }

    private static Arguments of(String operator, String inputs, String why, AttributeProto... attributes) {
        return Arguments.of(
                operator + " " + why,
                List.of(node(operator, inputs, "y", attributes)),
                "node 'y' (" + operator + ") " + why);
    }

    private static Arguments of(String operator, String why, NodeProto... nodes) {
        return Arguments.of(operator + " " + why, List.of(nodes), "(" + operator + ") " + why);
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                of("Relu", "makes 'y', which another node makes too", node("Relu", "x", "y"), node("Relu", "x", "y")),
                of("Softplus", "x", "is an operator that this engine does not have"),
                of("Relu", "nothing", "has the input 'nothing', which no node before it makes"),
                of("Conv", "x w", "pads by SAME_UPPER, which is not done here", text("auto_pad", "SAME_UPPER")),
                of("Conv", "x thin", "has weights of shape [4, 3, 1, 1], which do not fit 4 channels in 1 groups"),
                of("Conv", "x w", "has weights of shape", number("group", 2)),
                of("Conv", "x w", "has a size of 0", number("group", 0)),
                of("Conv", "x w", "has a size of -1", number("group", -1)),
                of("Conv", "x w three", "has 3 biases for 4 channels"),
                of("Conv", "x x", "needs a constant as its input 1"),
                of("Conv", "x w x", "needs a constant as its input 2"),
                of("Conv", "x", "has no weights"),
                of("Conv", "x matrix", "has weights of shape [3, 4]"),
                of("Conv", "x w", "has a size of 0", numbers("strides", 0, 1)),
                of("Conv", "x w", "has a size of -1", numbers("pads", -1, 0, 0, 0)),
                of("Conv", "x w", "is not for images", numbers("pads", 1, 1)),
                of("Conv", "x w", "is not for images", numbers("strides", 1, 1, 1)),
                of("Conv", "x w", "has a size of 1099511627776", numbers("dilations", 1L << 40, 1)),
                of("MaxPool", "x", "is not for images"),
                of("MaxPool", "x", "is given an image smaller than its kernel", numbers("kernel_shape", 7, 7)),
                of("MaxPool", "x", "has a size of", numbers("kernel_shape", 65536, 2), numbers("dilations", 65536, 1)),
                of("MaxPool", "x", "pads by as much as its kernel, or more", TWO, numbers("pads", 2, 0, 0, 0)),
                of("AveragePool", "x", "pads by as much as its kernel, or more", TWO, numbers("pads", 0, 0, 0, 2)),
                of("AveragePool", "x", "averages with its size rounded up", TWO, number("ceil_mode", 1)),
                of("Resize", "x - scales", "resizes otherwise than bilinearly"),
                of("Resize", "x - scales", "resizes otherwise than bilinearly", text("mode", "cubic")),
                of("Resize", "x - scales", "resizes otherwise", LINEAR, number("antialias", 1)),
                of(
                        "Resize",
                        "x - - ends",
                        "resizes otherwise",
                        LINEAR,
                        numbers("axes", 2, 3),
                        text("keep_aspect_ratio_policy", "not_larger")),
                of(
                        "Resize",
                        "x - scales",
                        "resizes otherwise",
                        LINEAR,
                        text("coordinate_transformation_mode", "asymmetric")),
                of("Resize", "x - scales", "resizes to a part of a pixel", LINEAR),
                of("Resize", "x - channelScales", "resizes other dimensions than height and width", LINEAR),
                of("Resize", "x - - sizes", "resizes other dimensions than height and width", LINEAR),
                of("Resize", "x - - zeros", "has a size of 0", LINEAR, numbers("axes", 2, 3)),
                of("Resize", "x", "has neither sizes nor scales", LINEAR),
                of(
                        "Resize",
                        "x - - one",
                        "resizes to a height or width of 1",
                        LINEAR,
                        numbers("axes", 2, 3),
                        text("coordinate_transformation_mode", "pytorch_half_pixel")),
                of("Pad", "x cancelling", "adds something else than zeros or edge pixels around an image"),
                of("Pad", "x negative", "has a size of -1"),
                of("Pad", "x pads half", "adds something else"),
                of("Pad", "x pads", "adds something else", text("mode", "reflect")),
                of("Relu", "is given an image with pixels added", node("Pad", "x pads", "p"), node("Relu", "p", "y")),
                of(
                        "MaxPool",
                        "is given an image with pixels added",
                        node("Pad", "x pads", "p"),
                        node("MaxPool", "p", "y", TWO)),
                of(
                        "Conv",
                        "is given an image whose edge was repeated",
                        node("Pad", "x pads", "p", text("mode", "edge")),
                        node("Conv", "p w", "y")),
                of(
                        "AveragePool",
                        "averages an image whose edge was repeated by more",
                        node("Pad", "x pads", "p", text("mode", "edge")),
                        node("AveragePool", "p", "y", numbers("kernel_shape", 3, 3))),
                of("Slice", "x ones ends axes", "takes another part of an image than its upper left"),
                of("Slice", "x zeros last axes", "takes another part of an image than its upper left"),
                of("Slice", "x zeros ends", "takes another part of an image than its upper left"),
                of("Slice", "x zeros ends axes ends", "takes another part of an image than its upper left"),
                of("Slice", "x zeros", "needs a constant as its input 2"),
                of("Concat", "x x", "joins something else than channels", number("axis", 2)),
                of(
                        "Concat",
                        "joins images of different sizes",
                        pooled(),
                        node("Concat", "x p", "y", number("axis", 1))),
                of("Add", "has inputs of different shapes", node("MaxPool", "x", "p", TWO), node("Add", "p x", "y")),
                of("Mul", "x matrix", "has a constant of the shape [3, 4], not one number, or one per channel"),
                of("Add", "column x", "has a constant of the shape [4, 1], not one number, or one per channel"),
                of("Add", "x", "has the input ''"),
                of("Relu", "", "has no input"),
                of("Conv", "", "has no input"),
                of("QuantizeLinear", "", "has no input"),
                of("Mul", "half", "has not all its inputs"),
                of("DequantizeLinear", "codes", "has not all its inputs"),
                of("Softplus", "half", "has constants alone, which is not worked out here"),
                of("Mul", "column row", "multiplies constants of different shapes"),
                of("Cast", "half", "makes whole numbers of constants", number("to", 7)),
                of("Expand", "half endless", "repeats more than a single number, or too often"),
                of("Expand", "four ends", "repeats more than a single number"),
                of("Expand", "x ends", "repeats something else than one pixel all over an image"),
                of("Constant", "", "has no tensor"),
                of("BatchNormalization", "x four four four", "has not all its inputs"),
                of("BatchNormalization", "x four four four three", "has 3 numbers for 4 channels"),
                of("BatchNormalization", "x four four four four", "normalises by", number("training_mode", 1)),
                of("Clip", "x half", "clips otherwise than below 0"),
                of("Clip", "x zero half", "clips otherwise than below 0"),
                of("Clip", "x", "clips otherwise than below 0"),
                of("Flatten", "x", "is given an image of more than one pixel"),
                of("Flatten", "x", "joins images of a batch", number("axis", 0)),
                of("Gemm", "x matrix", "is not a product of each image's channels", number("transB", 1)),
                of("Gemm", "is not a product", pooled(), flat(), node("Gemm", "f matrix", "y")),
                of(
                        "Gemm",
                        "is not a product",
                        pooled(),
                        flat(),
                        node("Gemm", "f matrix", "y", number("transB", 1), real("alpha", 2))),
                of(
                        "Gemm",
                        "has 4 biases for 3 channels",
                        pooled(),
                        flat(),
                        node("Gemm", "f matrix four", "y", number("transB", 1))),
                of("Conv", "is given a vector, not an image", pooled(), flat(), node("Conv", "f w", "y")),
                of("QuantizeLinear", "x", "has no scale"),
                of("QuantizeLinear", "x four", "does not have one scale above 0"),
                of("QuantizeLinear", "x zero", "does not have one scale above 0"),
                of("QuantizeLinear", "x half wideCode", "has codes that are not of type int8 or uint8"),
                of("QuantizeLinear", "x half", "has codes that are not", number("output_dtype", 5)),
                of("DequantizeLinear", "x half code", "is given something that was not quantized"),
                of(
                        "DequantizeLinear",
                        "has another scale or zero point than what quantized its input",
                        node("QuantizeLinear", "x half code", "q"),
                        node("DequantizeLinear", "q half code8", "y")),
                of("DequantizeLinear", "codes half code8", "has weights with zero points"));
    }

    private static NodeProto pooled() {
        return node("GlobalAveragePool", "x", "p");
    }

    private static NodeProto flat() {
        return node("Flatten", "p", "f");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void nodesThatAreNotTaken(String name, List<NodeProto> nodes, String message) {
        OnnxFile file = constants();
        nodes.forEach(file::node);
        assertRefused(file, message);
    }

    private void assertRefused(OnnxFile file, String message) {
        OnnxGraph graph = OnnxGraph.read(file.write(folder.resolve("m.onnx")));
        assertThatThrownBy(() -> NetworkReader.read(graph))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void operatorsOfOtherDomains() {
        assertRefused(
                constants()
                        .node(node("Gelu", "x", "y").toBuilder()
                                .setDomain("com.microsoft")
                                .build()),
                "node 'y' (Gelu) is of the domain com.microsoft, not of ONNX itself");
    }

    @Test
    void anOutputThatNothingMakes() {
        assertRefused(constants().node(node("Relu", "x", "z")), "the output 'y' is not what the network computes");
        assertRefused(constants().node(node("Identity", "x", "y")), "the output 'y' is not what the network computes");
        assertRefused(constants().node(node("Pad", "x pads", "y")), "the output 'y' is not what the network computes");
    }

    @Test
    void severalInputsOrOutputs() {
        OnnxFile two = constants().input("z", 1, 2).node(node("Relu", "x", "y"));
        assertRefused(two, "the model has not one float32 input but 2 inputs [x, z]");
        assertRefused(
                constants().output("z").node(node("Relu", "x", "y")),
                "has not one float32 output but 2 outputs [y, z]");
        assertRefused(new OnnxFile().output("y").node(node("Relu", "x", "y")), "not one float32 input but 0 inputs");
        assertRefused(
                new OnnxFile()
                        .input("x", TensorProto.DataType.UINT8, 1, 3, 4, 4)
                        .output("y"),
                "has not one float32 input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,3,-1,4", "1,3,4", "1,0,4,4", "1,3,4,100000", "1,3,65536,65536", ""})
    void inputsThatAreNotImagesOfOneSize(String shape) {
        int[] lengths = Stream.of(shape.split(","))
                .filter(length -> !length.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        assertRefused(
                new OnnxFile().input("x", lengths).output("y").node(node("Relu", "x", "y")),
                "which is not that of images [N, C, H, W] of a fixed size");
    }

    @Test
    void answersThatNoBufferHolds() {
        assertRefused(
                new OnnxFile()
                        .input("x", 1, 3, 4, 4)
                        .output("y")
                        .tensor(OnnxParts.longs("size", 65536, 65536))
                        .node(node("Resize", "x - - size", "y", LINEAR, numbers("axes", 2, 3))),
                "node 'y' (Resize) has the shape [3, 65536, 65536]");
    }
}
