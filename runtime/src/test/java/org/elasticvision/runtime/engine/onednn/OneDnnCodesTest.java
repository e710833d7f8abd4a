package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.text;

/** Networks in 8 bits answer what ONNX Runtime answers, within a step or two of the last quantization. */
class OneDnnCodesTest {
    /** Of the image. */
    private static final double X = 0.04;

    private static final AttributeProto PADS = numbers("pads", 1, 1, 1, 1);

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource({"convolutions", "sums", "others"})
    void isAsInOnnxRuntime(Duel network, float tolerance) {
        network.assertWithin(folder, tolerance);
    }

    /** The image has 8 channels and is {@code i} in codes of a zero point of 120. */
    private static Arguments of(String name, double tolerance, UnaryOperator<QuantizedFile> graph) {
        return Arguments.of(
                new Duel(name, () -> graph.apply(new QuantizedFile(8, 7, 6).unsigned("x", "i", X, 120))
                        .file()),
                (float) tolerance);
    }

    static Stream<Arguments> convolutions() {
        List<Arguments> all = new ArrayList<>(List.of(
                of("unsigned", 0.06, q -> q.conv("i", "c", 1, 8, 12, 3).unsigned("c", "y", 0.05, 111)),
                of("unsigned with ReLU", 0.06, q -> q.conv("i", "c", 1, 8, 12, 3)
                        .node("Relu", "c", "r")
                        .unsigned("r", "y", 0.05, 0)),
                of("signed", 0.06, q -> q.conv("i", "c", 1, 8, 12, 3).signed("c", "y", 0.05, 0)),
                of("signed with a zero point", 0.06, q -> q.conv("i", "c", 1, 8, 12, 3)
                        .signed("c", "y", 0.05, -20)),
                of("padded, its input's zero point not 0", 0.06, q -> q.conv("i", "c", 1, 8, 12, 3, PADS)
                        .signed("c", "y", 0.05, 0)),
                of("stride 2", 0.06, q -> q.conv("i", "c", 1, 8, 12, 3, PADS, numbers("strides", 2, 2))
                        .unsigned("c", "y", 0.05, 128)),
                of("to numbers", 0.001, q -> q.conv("i", "y", 1, 8, 12, 3)),
                of("to a sigmoid", 0.001, q -> q.conv("i", "c", 1, 8, 12, 3).node("Sigmoid", "c", "y")),
                of("to a sigmoid in codes", 0.005, q -> q.conv("i", "c", 1, 8, 12, 3)
                        .node("Sigmoid", "c", "s")
                        .unsigned("s", "y", 1 / 255.0, 0)),
                of("of numbers", 0.06, q -> q.conv("x", "c", 1, 8, 12, 3).unsigned("c", "y", 0.05, 128)),
                of("depthwise", 0.04, q -> q.conv("i", "c", 8, 8, 8, 3, PADS).unsigned("c", "y", 0.02, 128)),
                of("depthwise 1x1", 0.04, q -> q.conv("i", "c", 8, 8, 8, 1).unsigned("c", "y", 0.02, 128)),
                of("2 groups", 0.06, q -> q.conv("i", "c", 2, 8, 12, 3, PADS).unsigned("c", "y", 0.05, 128)),
                of("4 groups of 2", 0.04, q -> q.conv("i", "c", 4, 8, 8, 3, PADS)
                        .unsigned("c", "y", 0.03, 100)),
                of("two in a row, of signed codes", 0.2, q -> q.conv("i", "c", 1, 8, 12, 3)
                        .signed("c", "d", 0.05, 3)
                        .conv("d", "e", 1, 12, 5, 3, PADS)
                        .signed("e", "y", 0.1, -4)),
                of("with a normalisation", 0.06, q -> normalized(q.conv("i", "c", 1, 8, 12, 3), "c", "n", 12)
                        .unsigned("n", "y", 0.05, 128))));
        for (int width : new int[] {16, 32, 48}) {
            all.add(of("4 groups of " + width, 0.3, q -> q.conv("i", "c", 1, 8, 4 * width, 1)
                    .unsigned("c", "d", 0.03, 128)
                    .conv("d", "e", 4, 4 * width, 4 * width, 3, PADS)
                    .unsigned("e", "y", 0.15, 128)));
        }
        return all.stream();
    }

    private static QuantizedFile normalized(QuantizedFile q, String from, String to, int channels) {
        float[] variances = new float[channels];
        for (int i = 0; i < channels; i++) {
            variances[i] = 1 + i;
        }
        q.file()
                .tensor(random("s" + to, 1, channels))
                .tensor(random("t" + to, 1, channels))
                .tensor(random("m" + to, 1, channels))
                .tensor(floats("v" + to, variances, channels));
        return q.node("BatchNormalization", String.join(" ", from, "s" + to, "t" + to, "m" + to, "v" + to), to);
    }

    /** Each layer normalises all that was made so far, in codes of scales of their own. */
    private static QuantizedFile denseBlock(QuantizedFile q) {
        String all = "i";
        for (int layer = 1; layer <= 3; layer++) {
            String name = "l" + layer;
            int channels = 8 + 4 * (layer - 1);
            String from = all;
            if (layer > 1) {
                q.node("Concat", all, name + "k", number("axis", 1)).unsigned(name + "k", name + "kq", 0.06, 125);
                from = name + "kq";
            }
            normalized(q, from, name + "n", channels)
                    .node("Relu", name + "n", name + "r")
                    .unsigned(name + "r", name + "rq", 0.05, 0)
                    .conv(name + "rq", name + "c", 1, channels, 4, 1)
                    .unsigned(name + "c", name + "q", 0.02 * layer, 120 + layer);
            all += " " + name + "q";
        }
        return q.node("Concat", all, "c", number("axis", 1)).unsigned("c", "y", 0.06, 125);
    }

    /** {@code a}, {@code b} and {@code c} are convolutions of the image, in codes of different scales and zero points. */
    private static QuantizedFile three(QuantizedFile q) {
        return q.conv("i", "fa", 1, 8, 12, 3, PADS)
                .unsigned("fa", "a", 0.05, 130)
                .conv("i", "fb", 1, 8, 12, 1)
                .signed("fb", "b", 0.03, -7)
                .conv("i", "fc", 2, 8, 12, 3, PADS)
                .unsigned("fc", "c", 0.04, 110);
    }

    static Stream<Arguments> sums() {
        List<Arguments> all = new ArrayList<>();
        for (boolean relu : new boolean[] {false, true}) {
            String last = relu ? "r" : "s";
            int zero = relu ? 0 : 120;
            UnaryOperator<QuantizedFile> end =
                    q -> (relu ? q.node("Relu", "s", "r") : q).unsigned(last, "y", 0.06, zero);
            String with = relu ? " with ReLU" : "";
            all.add(of(
                    "of a convolution and what is there" + with,
                    0.13,
                    q -> end.apply(three(q).conv("a", "d", 1, 12, 12, 1)
                            .signed("d", "e", 0.05, 2)
                            .node("Add", "e b", "s"))));
            all.add(of(
                    "of a convolution and its input" + with,
                    0.13,
                    q -> end.apply(q.conv("i", "d", 1, 8, 8, 3, PADS)
                            .signed("d", "e", 0.05, 2)
                            .node("Add", "i e", "s"))));
            all.add(of(
                    "of a convolution that is not in codes" + with,
                    0.13,
                    q -> end.apply(three(q).conv("a", "d", 1, 12, 12, 1).node("Add", "d b", "s"))));
            all.add(of("of two convolutions" + with, 0.13, q -> end.apply(three(q).node("Add", "a b", "s"))));
            all.add(of(
                    "of three convolutions" + with,
                    0.19,
                    q -> end.apply(three(q).node("Add", "a b", "t")
                            .unsigned("t", "u", 0.05, 125)
                            .node("Add", "u c", "s"))));
            all.add(of(
                    "of three convolutions at once" + with,
                    0.19,
                    q -> end.apply(three(q).node("Add", "a b", "t").node("Add", "c t", "s"))));
            all.add(of(
                    "of a convolution and three values that stay" + with,
                    0.19,
                    q -> end.apply(three(q).conv("a", "d", 1, 12, 12, 1)
                            .node("Add", "d a", "t")
                            .node("Add", "t b", "u")
                            .node("Add", "u c", "v")
                            .node("Concat", "a b c", "w", number("axis", 1))
                            .conv("w", "z", 1, 36, 12, 1)
                            .node("Add", "v z", "s"))));
            all.add(of(
                    "without a convolution" + with,
                    0.13,
                    q -> end.apply(three(q).node("MaxPool", "a", "p", numbers("kernel_shape", 1, 1))
                            .node("MaxPool", "b", "o", numbers("kernel_shape", 1, 1))
                            .node("Add", "p o", "s"))));
        }
        all.add(of("to a sigmoid", 0.02, q -> three(q).node("Add", "a b", "s")
                .node("Sigmoid", "s", "t")
                .unsigned("t", "y", 1 / 255.0, 0)));
        all.add(of("to a sigmoid of numbers", 0.02, q -> three(q).node("Add", "a b", "s")
                .node("Add", "s c", "t")
                .node("Sigmoid", "t", "y")));
        all.add(of("to a sigmoid without a convolution", 0.02, q -> q.unsigned("x", "j", 0.03, 128)
                .node("Add", "i j", "s")
                .node("Sigmoid", "s", "t")
                .unsigned("t", "y", 1 / 255.0, 0)));
        all.add(of("of codes that end at 0", 0.13, q -> three(q).unsigned("fb", "d", 0.03, 0)
                .node("Add", "a d", "s")
                .unsigned("s", "y", 0.06, 120)));
        all.add(of("of a convolution whose codes end at 0", 0.13, q -> three(q).conv("a", "d", 1, 12, 12, 1)
                .signed("d", "e", 0.03, -128)
                .node("Add", "e b", "s")
                .unsigned("s", "y", 0.06, 120)));
        all.add(of("of numbers and codes", 0.08, q -> q.conv("i", "d", 1, 8, 8, 3, PADS)
                .node("Add", "d x", "s")
                .unsigned("s", "y", 0.06, 120)));
        return all.stream();
    }

    static Stream<Arguments> others() {
        AttributeProto three = numbers("kernel_shape", 3, 3);
        return Stream.of(
                of("codes alone", 0.0001, q -> q.node("Identity", "i", "y")),
                of("MaxPool", 0.05, q -> q.node("MaxPool", "i", "p", three, PADS)
                        .unsigned("p", "y", X, 120)),
                of("MaxPool of signed codes", 0.05, q -> q.signed("x", "j", X, -3)
                        .node("MaxPool", "j", "p", three, PADS, numbers("strides", 2, 2), number("ceil_mode", 1))
                        .signed("p", "y", X, -3)),
                of("MaxPool to numbers", 0.0001, q -> q.node("MaxPool", "i", "y", three, PADS)),
                of("AveragePool", 0.05, q -> q.node("AveragePool", "i", "p", three, PADS)
                        .unsigned("p", "y", X, 120)),
                of("AveragePool with padding", 0.05, q -> q.node(
                                "AveragePool", "i", "p", three, PADS, number("count_include_pad", 1))
                        .unsigned("p", "y", X, 120)),
                of("Pad and AveragePool", 0.05, q -> {
                    q.file().tensor(longs("pads", 0, 0, 1, 1, 0, 0, 0, 1));
                    return q.node("Pad", "i pads", "b")
                            .unsigned("b", "d", X, 120)
                            .node("AveragePool", "d", "p", numbers("kernel_shape", 2, 2))
                            .unsigned("p", "y", X, 120);
                }),
                of("GlobalAveragePool", 0.02, q -> q.node("GlobalAveragePool", "i", "p")
                        .unsigned("p", "y", 0.01, 120)),
                of("Resize", 0.05, q -> {
                    q.file().tensor(floats("scales", new float[] {1, 1, 2, 2}, 4));
                    return q.node("Resize", "i - scales", "p", text("mode", "linear"))
                            .unsigned("p", "y", X, 120);
                }),
                of("Resize by corners", 0.05, q -> {
                    q.file().tensor(floats("scales", new float[] {1, 1, 2, 2}, 4));
                    return q.node(
                                    "Resize",
                                    "i - scales",
                                    "p",
                                    text("mode", "linear"),
                                    text("coordinate_transformation_mode", "align_corners"))
                            .unsigned("p", "y", X, 120);
                }),
                of("Slice", 0.0001, q -> {
                    q.file()
                            .tensor(longs("starts", 0, 0))
                            .tensor(longs("ends", 3, 5))
                            .tensor(longs("axes", 2, 3));
                    return q.node("Slice", "i starts ends axes", "p").unsigned("p", "y", X, 120);
                }),
                of("Concat of one scale", 0.0001, q -> q.node("MaxPool", "i", "p", numbers("kernel_shape", 1, 1))
                        .node("Concat", "i p", "c", number("axis", 1))
                        .unsigned("c", "y", X, 120)),
                of("Concat of different scales", 0.12, q -> three(q).node("Concat", "a b c", "d", number("axis", 1))
                        .unsigned("d", "y", 0.06, 128)),
                of("dense block", 0.11, q -> denseBlock(q)),
                of("Concat of codes and numbers", 0.06, q -> three(q).node("Concat", "a x", "y", number("axis", 1))),
                of("BatchNormalization", 0.06, q -> normalized(q, "i", "n", 8).unsigned("n", "y", 0.03, 120)),
                of("BatchNormalization with ReLU", 0.06, q -> normalized(q, "i", "n", 8)
                        .node("Relu", "n", "r")
                        .signed("r", "y", 0.03, -128)),
                of("BatchNormalization with a sigmoid", 0.005, q -> normalized(q, "i", "n", 8)
                        .node("Sigmoid", "n", "s")
                        .unsigned("s", "y", 1 / 255.0, 0)),
                of("Relu", 0.05, q -> q.node("Relu", "i", "r").unsigned("r", "y", X, 0)),
                of("Mul with a pixel", 0.08, q -> q.node("GlobalAveragePool", "i", "p")
                        .node("Sigmoid", "p", "s")
                        .unsigned("s", "t", 1 / 255.0, 0)
                        .node("Mul", "i t", "m")
                        .unsigned("m", "y", 0.03, 120)),
                of("Gemm", 0.001, q -> pooled(q).gemm("f", "y", 8, 5)),
                of("Gemm to codes", 0.06, q -> pooled(q).gemm("f", "g", 8, 5).signed("g", "y", 0.05, 10)),
                of("Gemm of numbers to codes", 0.06, q -> q.node("GlobalAveragePool", "x", "p")
                        .node("Flatten", "p", "f")
                        .gemm("f", "g", 8, 5)
                        .signed("g", "y", 0.05, 10)),
                of("Gemm after Gemm", 0.03, q -> pooled(q)
                        .gemm("f", "g", 8, 9)
                        .node("Relu", "g", "r")
                        .unsigned("r", "h", 0.02, 0)
                        .gemm("h", "y", 9, 4)),
                of("a value that is codes under one name and numbers under another", 0.0001, q -> q.node(
                                "Relu", "x", "r")
                        .node("Identity", "r", "s")
                        .unsigned("s", "t", 0.5, 0)
                        .node("Concat", "r t", "y", number("axis", 1))),
                of("two quantizations of one value", 0.11, q -> three(q).signed("fa", "d", 0.1, 1)
                        .node("Concat", "a d", "y", number("axis", 1))));
    }

    private static QuantizedFile pooled(QuantizedFile q) {
        return q.node("GlobalAveragePool", "i", "p")
                .unsigned("p", "o", 0.005, 128)
                .node("Flatten", "o", "f");
    }
}
