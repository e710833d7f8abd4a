package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.real;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;
import static org.elasticvision.runtime.engine.OnnxParts.text;
import static org.elasticvision.runtime.engine.onednn.Duel.image;

/** Every operator and attribute that is taken computes what ONNX Runtime computes. */
class OneDnnOperatorsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource({"convolutions", "poolings", "sizes", "sums", "vectors", "constants"})
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
    }

    private static OnnxFile conv(
            OnnxFile file,
            String from,
            String to,
            int groups,
            int inputs,
            int outputs,
            int kernel,
            AttributeProto... more) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(more));
        attributes.add(number("group", groups));
        return file.tensor(random("w " + to, 0.3, outputs, inputs / groups, kernel, kernel))
                .tensor(random("b " + to, 1, outputs))
                .node(node("Conv", "", to, attributes.toArray(AttributeProto[]::new)).toBuilder()
                        .addAllInput(List.of(from, "w " + to, "b " + to))
                        .build());
    }

    private static Duel convolution(
            String name,
            int height,
            int width,
            int groups,
            int inputs,
            int outputs,
            int kernel,
            AttributeProto... more) {
        return new Duel(
                "Conv " + name,
                () -> conv(image(inputs, height, width), "x", "y", groups, inputs, outputs, kernel, more));
    }

    static Stream<Duel> convolutions() {
        AttributeProto pads = numbers("pads", 1, 1, 1, 1);
        List<Duel> all = new ArrayList<>(List.of(
                convolution("1x1", 7, 5, 1, 3, 4, 1),
                convolution("of odd channels", 13, 11, 1, 5, 7, 3, pads),
                convolution("stride 2", 13, 10, 1, 3, 17, 3, pads, numbers("strides", 2, 2)),
                convolution("strides 2, 3", 13, 10, 1, 3, 17, 3, pads, numbers("strides", 2, 3)),
                convolution("7x7 stem", 31, 33, 1, 3, 64, 7, numbers("pads", 3, 3, 3, 3), numbers("strides", 2, 2)),
                convolution("dilation 2", 12, 9, 1, 8, 8, 3, numbers("pads", 2, 2, 2, 2), numbers("dilations", 2, 2)),
                convolution("dilations 3, 1", 12, 9, 1, 8, 8, 3, numbers("dilations", 3, 1)),
                convolution("asymmetric pads", 9, 8, 1, 4, 6, 3, numbers("pads", 0, 2, 1, 0)),
                convolution("pads as large as the kernel", 6, 6, 1, 4, 6, 2, numbers("pads", 3, 2, 2, 3)),
                convolution("padded 1x1", 5, 5, 1, 4, 6, 1, pads),
                convolution("auto_pad VALID", 5, 5, 1, 4, 6, 3, text("auto_pad", "VALID")),
                convolution("one output channel", 5, 5, 1, 4, 1, 3, pads),
                convolution("one input channel", 5, 5, 1, 1, 5, 3, pads),
                convolution("of one pixel", 1, 1, 1, 33, 65, 1),
                convolution("depthwise", 9, 7, 19, 19, 19, 3, pads),
                convolution("depthwise stride 2", 9, 7, 16, 16, 16, 3, pads, numbers("strides", 2, 2)),
                convolution("depthwise dilated", 9, 7, 16, 16, 16, 3, numbers("dilations", 2, 2)),
                convolution("depthwise 1x1", 9, 7, 6, 6, 6, 1),
                convolution("depthwise 1x1 stride 2", 9, 7, 6, 6, 6, 1, numbers("strides", 2, 2)),
                convolution("depth multiplier 2", 6, 7, 5, 5, 10, 3, pads),
                convolution("groups of unequal inputs and outputs", 6, 7, 4, 12, 8, 3, pads),
                convolution("5 groups of 3", 6, 7, 5, 15, 15, 3, pads),
                convolution("7 groups of 5, stride 2", 9, 7, 7, 35, 14, 3, pads, numbers("strides", 2, 2))));
        for (int width : new int[] {1, 2, 4, 8, 16, 32}) {
            all.add(convolution("8 groups of " + width, 5, 6, 8, 8 * width, 8 * width, 3, pads));
            all.add(convolution("3 groups of " + width, 5, 6, 3, 3 * width, 3 * width, 3, pads));
        }
        all.add(new Duel(
                "Conv without bias",
                () -> image(3, 5, 5).tensor(random("w", 1, 4, 3, 3, 3)).node(node("Conv", "x w", "y"))));
        all.add(new Duel(
                "Conv of a fixed batch", () -> conv(new OnnxFile().input("x", 2, 3, 5, 5), "x", "y", 1, 3, 4, 3)));
        all.add(new Duel(
                "Pad and Conv",
                () -> conv(
                        image(3, 5, 5)
                                .tensor(longs("p", 0, 0, 2, 1, 0, 0, 0, 3))
                                .node(node("Pad", "x p", "padded")),
                        "padded",
                        "y",
                        1,
                        3,
                        4,
                        3,
                        pads)));
        for (String activation : List.of("Relu", "Sigmoid")) {
            all.add(new Duel("Conv, " + activation, () -> conv(image(3, 5, 6), "x", "c", 1, 3, 9, 3)
                    .node(node(activation, "c", "y"))));
            all.add(new Duel("Conv, BatchNormalization, " + activation, () -> normalized(
                            conv(image(3, 5, 6), "x", "c", 1, 3, 9, 3), "c", "n", 9)
                    .node(node(activation, "n", "y"))));
            all.add(new Duel("BatchNormalization, " + activation, () -> normalized(image(5, 5, 6), "x", "n", 5)
                    .node(node(activation, "n", "y"))));
            all.add(new Duel("depthwise 1x1, " + activation, () -> conv(image(5, 5, 6), "x", "c", 5, 5, 5, 1)
                    .node(node(activation, "c", "y"))));
        }
        all.add(new Duel(
                "BatchNormalization, Conv",
                () -> conv(normalized(image(5, 5, 6), "x", "n", 5), "n", "y", 1, 5, 6, 3, pads)));
        all.add(new Duel(
                "Conv of groups, BatchNormalization",
                () -> normalized(conv(image(12, 5, 6), "x", "c", 3, 12, 12, 3), "c", "y", 12)));
        return all.stream();
    }

    private static OnnxFile normalized(OnnxFile file, String from, String to, int channels) {
        float[] variances = new float[channels];
        for (int i = 0; i < channels; i++) {
            variances[i] = 0.2f + i;
        }
        return file.tensor(random("s" + to, 1, channels))
                .tensor(random("t" + to, 1, channels))
                .tensor(random("m" + to, 1, channels))
                .tensor(floats("v" + to, variances, channels))
                .node(node(
                        "BatchNormalization",
                        String.join(" ", from, "s" + to, "t" + to, "m" + to, "v" + to),
                        to,
                        real("epsilon", 0.01f)));
    }

    private static Duel of(String name, String operator, int height, int width, AttributeProto... attributes) {
        return new Duel(name, () -> image(5, height, width).node(node(operator, "x", "y", attributes)));
    }

    static Stream<Duel> poolings() {
        AttributeProto three = numbers("kernel_shape", 3, 3);
        AttributeProto two = numbers("kernel_shape", 2, 2);
        AttributeProto strides = numbers("strides", 2, 2);
        AttributeProto pads = numbers("pads", 1, 1, 1, 1);
        AttributeProto up = number("ceil_mode", 1);
        AttributeProto included = number("count_include_pad", 1);
        List<Duel> all = new ArrayList<>(List.of(
                of("MaxPool", "MaxPool", 9, 8, three, strides, pads),
                of("MaxPool without strides", "MaxPool", 9, 8, two),
                of("MaxPool of asymmetric pads", "MaxPool", 9, 8, three, numbers("pads", 0, 1, 2, 0)),
                of("MaxPool dilated", "MaxPool", 9, 8, three, numbers("dilations", 2, 3)),
                of("AveragePool", "AveragePool", 9, 8, three, strides, pads),
                of("AveragePool with padding", "AveragePool", 9, 8, three, strides, pads, included),
                of("AveragePool without padding", "AveragePool", 9, 8, two, strides, included),
                of("AveragePool of asymmetric pads", "AveragePool", 9, 8, three, numbers("pads", 0, 1, 2, 0)),
                of(
                        "AveragePool of asymmetric pads, counted",
                        "AveragePool",
                        9,
                        8,
                        three,
                        numbers("pads", 0, 1, 2, 0),
                        included),
                of("AveragePool of another kernel", "AveragePool", 9, 8, numbers("kernel_shape", 2, 5)),
                of("GlobalAveragePool", "GlobalAveragePool", 9, 8),
                of("GlobalAveragePool of one pixel", "GlobalAveragePool", 1, 1)));
        for (int size = 5; size <= 8; size++) {
            all.add(of("MaxPool 3x3 rounded up of " + size, "MaxPool", size, size + 1, three, strides, up));
            all.add(of("MaxPool 2x2 rounded up of " + size, "MaxPool", size, size + 1, two, strides, up));
            all.add(of(
                    "MaxPool 3x3 rounded up with pads of " + size,
                    "MaxPool",
                    size,
                    size + 1,
                    three,
                    strides,
                    pads,
                    up));
        }
        all.add(padded("Pad, AveragePool", "constant", two, strides, 0, 0, 1, 1));
        all.add(padded("Pad, AveragePool 3x3", "constant", three, strides, 1, 1, 1, 1));
        all.add(padded("Pad of edges, AveragePool", "edge", two, strides, 0, 0, 1, 1));
        all.add(padded("Pad of edges before, AveragePool", "edge", two, strides, 1, 1, 0, 0));
        all.add(new Duel("average as a Conv", () -> image(5, 8, 6)
                .tensor(scalar("quarter", 0.25f))
                .tensor(longs("shape", 5, 1, 2, 2))
                .nodes(
                        node("Expand", "quarter shape", "w"),
                        node("Conv", "x w", "y", two, strides, number("group", 5)))));
        all.add(new Duel("padded average as a Conv", () -> image(5, 8, 6)
                .tensor(scalar("quarter", 0.25f))
                .tensor(longs("shape", 5, 1, 2, 2))
                .nodes(
                        node("Expand", "quarter shape", "w"),
                        node("Conv", "x w", "y", two, strides, pads, number("group", 5)))));
        all.add(new Duel("equal weights that are not an average", () -> image(5, 8, 6)
                .tensor(scalar("half", 0.5f))
                .tensor(longs("shape", 5, 1, 2, 2))
                .nodes(node("Expand", "half shape", "w"), node("Conv", "x w", "y", two, strides, number("group", 5)))));
        all.add(new Duel("two averages of each channel as a Conv", () -> image(5, 8, 6)
                .tensor(scalar("quarter", 0.25f))
                .tensor(longs("shape", 10, 1, 2, 2))
                .nodes(
                        node("Expand", "quarter shape", "w"),
                        node("Conv", "x w", "y", two, strides, number("group", 5)))));
        return all.stream();
    }

    private static Duel padded(
            String name,
            String mode,
            AttributeProto kernel,
            AttributeProto strides,
            int top,
            int left,
            int bottom,
            int right) {
        return new Duel(name, () -> image(5, 7, 7)
                .tensor(longs("p", 0, 0, top, left, 0, 0, bottom, right))
                .nodes(
                        node("Pad", "x p", "padded", text("mode", mode)),
                        node("AveragePool", "padded", "y", kernel, strides)));
    }

    private static Duel resized(String centres, int height, int width, int newHeight, int newWidth) {
        return new Duel(
                "Resize " + centres + " of " + height + "x" + width + " to " + newHeight + "x" + newWidth,
                () -> image(5, height, width)
                        .tensor(longs("size", newHeight, newWidth))
                        .node(node(
                                "Resize",
                                "x - - size",
                                "y",
                                text("mode", "linear"),
                                text("coordinate_transformation_mode", centres),
                                numbers("axes", 2, 3))));
    }

    private static Duel scaled(String centres, int height, int width, float... scales) {
        return new Duel(
                "Resize " + centres + " of " + height + "x" + width + " by " + scales[2] + ", " + scales[3],
                () -> image(5, height, width)
                        .tensor(floats("scales", scales, 4))
                        .node(node(
                                "Resize",
                                "x - scales",
                                "y",
                                text("mode", "linear"),
                                text("coordinate_transformation_mode", centres))));
    }

    static Stream<Duel> sizes() {
        List<Duel> all = new ArrayList<>();
        for (String centres : List.of("half_pixel", "pytorch_half_pixel", "align_corners")) {
            all.add(resized(centres, 7, 5, 14, 10));
            all.add(resized(centres, 7, 5, 13, 17));
            all.add(resized(centres, 14, 11, 7, 5));
            all.add(resized(centres, 1, 1, 6, 7));
            all.add(resized(centres, 1, 4, 6, 8));
            all.add(scaled(centres, 7, 5, 1, 1, 2, 2));
            all.add(scaled(centres, 6, 8, 1, 1, 0.5f, 0.25f));
            all.add(scaled(centres, 4, 3, 1, 1, 1, 3));
        }
        all.add(resized("half_pixel", 5, 7, 1, 1));
        all.add(resized("half_pixel", 6, 7, 1, 4));
        all.add(resized("align_corners", 5, 7, 1, 1));
        all.add(resized("align_corners", 6, 7, 1, 4));
        all.add(new Duel(
                "Resize by corners in between",
                () -> conv(
                        image(3, 5, 5)
                                .tensor(floats("scales", new float[] {1, 1, 2, 2}, 4))
                                .nodes(
                                        node("Relu", "x", "r"),
                                        node(
                                                "Resize",
                                                "r - scales",
                                                "big",
                                                text("mode", "linear"),
                                                text("coordinate_transformation_mode", "align_corners"))),
                        "big",
                        "y",
                        1,
                        3,
                        4,
                        3)));
        all.add(new Duel("Expand of one pixel", () -> image(5, 4, 6)
                .tensor(longs("shape", 1, 1, 3, 7))
                .nodes(node("GlobalAveragePool", "x", "p"), node("Expand", "p shape", "y"))));
        all.add(cropped("Slice", 4, 5));
        all.add(cropped("Slice beyond the end", 100, Integer.MAX_VALUE));
        all.add(new Duel("Concat", () -> conv(image(5, 4, 6), "x", "c", 1, 5, 3, 1)
                .nodes(node("Relu", "x", "r"), node("Concat", "c x r c", "y", number("axis", 1)))));
        all.add(new Duel("Concat of one", () -> image(5, 4, 6).node(node("Concat", "x", "y", number("axis", 1)))));
        return all.stream();
    }

    private static Duel cropped(String name, long height, long width) {
        return new Duel(name, () -> image(5, 6, 9)
                .tensor(longs("starts", 0, 0))
                .tensor(longs("ends", height, width))
                .tensor(longs("axes", 2, 3))
                .tensor(longs("steps", 1, 1))
                .node(node("Slice", "x starts ends axes steps", "y")));
    }

    static Stream<Duel> sums() {
        List<Duel> all = new ArrayList<>(List.of(
                new Duel("Add of one value to itself", () -> image(5, 4, 6).node(node("Add", "x x", "y"))),
                new Duel("Mul of one value with itself", () -> image(5, 4, 6).node(node("Mul", "x x", "y"))),
                new Duel("Add of a pixel", () -> image(5, 4, 6)
                        .nodes(node("GlobalAveragePool", "x", "p"), node("Add", "x p", "y"))),
                new Duel("Mul with a pixel", () -> image(5, 4, 6)
                        .nodes(
                                node("GlobalAveragePool", "x", "p"),
                                node("Sigmoid", "p", "s"),
                                node("Mul", "x s", "y"))),
                new Duel("Mul of a pixel", () -> image(5, 4, 6)
                        .nodes(node("GlobalAveragePool", "x", "p"), node("Mul", "p x", "y"))),
                new Duel("Mul, Sigmoid", () -> image(5, 4, 6)
                        .nodes(node("Relu", "x", "r"), node("Mul", "x r", "m"), node("Sigmoid", "m", "y"))),
                new Duel("Add, Relu", () -> image(5, 4, 6)
                        .nodes(node("Sigmoid", "x", "s"), node("Add", "x s", "a"), node("Relu", "a", "y"))),
                new Duel("Relu", () -> image(5, 4, 6).node(node("Relu", "x", "y"))),
                new Duel("Sigmoid", () -> image(5, 4, 6).node(node("Sigmoid", "x", "y"))),
                new Duel(
                        "Clip below 0",
                        () -> image(5, 4, 6).tensor(scalar("zero", 0)).node(node("Clip", "x zero", "y"))),
                new Duel("BatchNormalization", () -> normalized(image(5, 4, 6), "x", "y", 5)),
                new Duel("Identity and Dropout", () -> image(5, 4, 6)
                        .nodes(node("Identity", "x", "i"), node("Dropout", "i", "d"), node("Relu", "d", "y"))),
                new Duel("Conv added to its input", () -> conv(image(3, 4, 6), "x", "c", 1, 3, 3, 1)
                        .node(node("Add", "c x", "y"))),
                new Duel("two Convs added, Relu", () -> conv(
                                conv(image(3, 4, 6), "x", "a", 1, 3, 9, 1), "x", "b", 1, 3, 9, 1)
                        .nodes(node("Add", "b a", "s"), node("Relu", "s", "y"))),
                new Duel("three Convs added, Sigmoid", () -> conv(
                                conv(conv(image(3, 4, 6), "x", "a", 1, 3, 9, 1), "x", "b", 1, 3, 9, 1),
                                "x",
                                "c",
                                1,
                                3,
                                9,
                                1)
                        .nodes(node("Add", "a b", "s"), node("Add", "s c", "t"), node("Sigmoid", "t", "y"))),
                new Duel("a sum that is used again", () -> conv(
                                conv(image(3, 4, 6), "x", "a", 1, 3, 9, 1), "a", "b", 1, 9, 9, 1)
                        .nodes(
                                node("Add", "b a", "s"),
                                node("Relu", "s", "r"),
                                node("Add", "r a", "t"),
                                node("Concat", "t s a", "y", number("axis", 1)))),
                new Duel("a Conv that is added to itself", () -> conv(image(3, 4, 6), "x", "a", 1, 3, 9, 1)
                        .node(node("Add", "a a", "y"))),
                new Duel("a Conv that is added twice", () -> conv(
                                conv(image(3, 4, 6), "x", "a", 1, 3, 9, 1), "x", "b", 1, 3, 9, 1)
                        .nodes(node("Add", "a b", "s"), node("Add", "s a", "t"), node("Relu", "t", "y")))));
        for (int depth : new int[] {1, 3}) {
            all.add(new Duel(depth + " residual blocks", () -> {
                OnnxFile file = conv(image(3, 8, 9), "x", "r0", 1, 3, 16, 3);
                for (int i = 0; i < depth; i++) {
                    conv(file, "r" + i, "a" + i, 1, 16, 8, 1).node(node("Relu", "a" + i, "b" + i));
                    conv(file, "b" + i, "c" + i, 1, 8, 16, 3, numbers("pads", 1, 1, 1, 1))
                            .nodes(node("Add", "c" + i + " r" + i, "s" + i), node("Relu", "s" + i, "r" + (i + 1)));
                }
                return file.node(node("GlobalAveragePool", "r" + depth, "y"));
            }));
        }
        return all.stream();
    }

    static Stream<Duel> vectors() {
        return Stream.of(
                new Duel("Gemm", () -> pooled(7)
                        .tensor(random("w", 1, 3, 7))
                        .tensor(random("b", 1, 3))
                        .node(node("Gemm", "f w b", "y", number("transB", 1)))),
                new Duel("Gemm without bias", () -> pooled(7)
                        .tensor(random("w", 1, 3, 7))
                        .node(node("Gemm", "f w", "y", number("transB", 1)))),
                new Duel("Gemm to one number", () -> pooled(7)
                        .tensor(random("w", 1, 1, 7))
                        .node(node("Gemm", "f w", "y", number("transB", 1)))),
                new Duel("Gemm, Relu, Gemm, Sigmoid", () -> pooled(33)
                        .tensor(random("w", 1, 17, 33))
                        .tensor(random("v", 0.2, 5, 17))
                        .nodes(
                                node("Gemm", "f w", "g", number("transB", 1)),
                                node("Relu", "g", "h"),
                                node("Gemm", "h v", "i", number("transB", 1)),
                                node("Sigmoid", "i", "y"))),
                new Duel("Flatten", () -> pooled(7).node(node("Identity", "f", "y"))),
                new Duel("Flatten twice", () -> pooled(7).node(node("Flatten", "f", "y"))),
                new Duel("Flatten of images of one pixel", () -> image(7, 1, 1).node(node("Flatten", "x", "y"))),
                new Duel("Add of vectors", () -> pooled(7).nodes(node("Relu", "f", "r"), node("Add", "f r", "y"))),
                new Duel("a vector whose image is added to a convolution", () -> conv(
                                pooled(7).node(node("Relu", "p", "r")), "r", "c", 1, 7, 7, 1)
                        .nodes(
                                node("Add", "c p", "s"),
                                node("Flatten", "s", "g"),
                                node("Relu", "g", "h"),
                                node("Add", "f h", "y"))));
    }

    private static OnnxFile pooled(int channels) {
        return image(channels, 3, 4).nodes(node("GlobalAveragePool", "x", "p"), node("Flatten", "p", "f"));
    }

    static Stream<Duel> constants() {
        return Stream.of(
                new Duel("weights as a Constant", () -> image(3, 5, 5)
                        .nodes(
                                node("Constant", "", "w", OnnxParts.tensor("value", random("value", 1, 4, 3, 3, 3))),
                                node("Conv", "x w", "y"))),
                new Duel("weights through Identity", () -> image(3, 5, 5)
                        .tensor(random("v", 1, 4, 3, 3, 3))
                        .nodes(node("Identity", "v", "w"), node("Conv", "x w", "y"))),
                new Duel("weights times a number", () -> image(3, 5, 5)
                        .tensor(random("v", 1, 4, 3, 3, 3))
                        .tensor(scalar("half", 0.5f))
                        .nodes(node("Mul", "v half", "w"), node("Conv", "x w", "y"))),
                new Duel("weights of float16", () -> image(3, 1, 1)
                        .tensor(OnnxParts.raw(
                                "v",
                                ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT16,
                                new byte[] {0, 0x3c, 0, (byte) 0xc0, (byte) 0xf0, 0x57},
                                1,
                                3,
                                1,
                                1))
                        .nodes(node("Cast", "v", "w", number("to", 1)), node("Conv", "x w", "y"))),
                new Duel("8-bit weights of an image of numbers", () -> image(3, 5, 5)
                        .tensor(OnnxParts.randomCodes("v", 4, 3, 3, 3))
                        .tensor(floats("scales", new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 4))
                        .nodes(node("DequantizeLinear", "v scales", "w", number("axis", 0)), node("Conv", "x w", "y"))),
                new Duel("unsigned 8-bit weights", () -> image(2, 5, 5)
                        .tensor(OnnxParts.codes(
                                "v", false, bytes(IntStream.range(0, 36).map(i -> i * 7)), 2, 2, 3, 3))
                        .tensor(scalar("scale", 0.1f))
                        .nodes(node("DequantizeLinear", "v scale", "w"), node("Conv", "x w", "y"))),
                new Duel("8-bit weights that two convolutions share, with a normalisation each", () -> normalized(
                                normalized(
                                        image(3, 5, 5)
                                                .tensor(OnnxParts.randomCodes("v", 4, 3, 3, 3))
                                                .tensor(scalar("scale", 0.1f))
                                                .nodes(
                                                        node("DequantizeLinear", "v scale", "w"),
                                                        node("Relu", "x", "r"),
                                                        node("Conv", "x w", "a"),
                                                        node("Conv", "r w", "b")),
                                        "a",
                                        "c",
                                        4),
                                "b",
                                "d",
                                4)
                        .node(node("Add", "c d", "y"))),
                new Duel("weights that two convolutions share", () -> image(3, 5, 5)
                        .tensor(random("w", 1, 3, 3, 3, 3))
                        .nodes(
                                node("Conv", "x w", "a", numbers("pads", 1, 1, 1, 1)),
                                node("Relu", "a", "r"),
                                node("Conv", "r w", "y", numbers("pads", 1, 1, 1, 1)))));
    }

    private static byte[] bytes(IntStream values) {
        int[] all = values.toArray();
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < all.length; i++) {
            bytes[i] = (byte) all[i];
        }
        return bytes;
    }
}
