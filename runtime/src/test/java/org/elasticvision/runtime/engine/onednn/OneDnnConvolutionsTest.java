package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.engine.OnnxFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.text;
import static org.elasticvision.runtime.engine.onednn.Duel.image;
import static org.elasticvision.runtime.engine.onednn.Layers.conv;
import static org.elasticvision.runtime.engine.onednn.Layers.normalized;

/** Convolutions of every form that is taken, alone and with what is computed along with them, are as in ONNX Runtime. */
class OneDnnConvolutionsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
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
                convolution("pads of the kernel less one", 6, 6, 1, 4, 6, 3, numbers("pads", 2, 2, 2, 2)),
                convolution(
                        "dilation larger than the image",
                        4,
                        5,
                        1,
                        8,
                        8,
                        3,
                        numbers("pads", 9, 7, 9, 7),
                        numbers("dilations", 9, 7)),
                convolution("1x1 stride 3", 7, 8, 1, 4, 6, 1, numbers("strides", 3, 3)),
                convolution("padded, stride as large as the kernel", 7, 8, 1, 4, 6, 3, pads, numbers("strides", 3, 3)),
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
                                .tensor(longs("p", 0, 0, 1, 0, 0, 0, 0, 1))
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
}
