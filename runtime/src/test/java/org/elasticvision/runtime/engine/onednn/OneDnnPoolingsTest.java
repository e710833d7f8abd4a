package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;
import static org.elasticvision.runtime.engine.OnnxParts.text;
import static org.elasticvision.runtime.engine.onednn.Duel.image;

/** Poolings of every form that is taken, and averages written as convolutions, are as in ONNX Runtime. */
class OneDnnPoolingsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
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
}
