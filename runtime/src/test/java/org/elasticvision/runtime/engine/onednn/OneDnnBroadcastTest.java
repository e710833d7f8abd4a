package org.elasticvision.runtime.engine.onednn;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;
import static org.elasticvision.runtime.engine.onednn.Duel.image;

/** Sums and products of an image with something smaller, on either side, are what ONNX Runtime computes. */
class OneDnnBroadcastTest {
    private static final double STEP = 0.02;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    private static List<String> bothOrders(String one, String other) {
        return List.of(one + " " + other, other + " " + one);
    }

    static Stream<Duel> inFloat() {
        List<Duel> all = new ArrayList<>();
        for (String operator : List.of("Add", "Mul")) {
            for (String inputs : bothOrders("x", "p")) {
                all.add(new Duel(operator + " of an image and a pixel: " + inputs, () -> image(5, 4, 6)
                        .nodes(node("GlobalAveragePool", "x", "p"), node(operator, inputs, "y"))));
            }
            for (String inputs : bothOrders("c", "p")) {
                all.add(new Duel(operator + " of a convolution and a pixel: " + inputs, () -> image(5, 4, 6)
                        .tensor(random("w", 0.3, 7, 5, 1, 1))
                        .nodes(
                                node("Conv", "x w", "c"),
                                node("GlobalAveragePool", "c", "q"),
                                node("Sigmoid", "q", "p"),
                                node(operator, inputs, "s"),
                                node("Relu", "s", "y"))));
            }
            all.add(constant(operator, "one number", 4, 6, scalar("k", 0.7f)));
            all.add(constant(operator, "[1]", 4, 6, random("k", 1, 1)));
            all.add(constant(operator, "[1, 1, 1, 1]", 4, 6, random("k", 1, 1, 1, 1, 1)));
            all.add(constant(operator, "[C, 1, 1]", 4, 6, random("k", 1, 5, 1, 1)));
            all.add(constant(operator, "[1, C, 1, 1]", 4, 6, random("k", 1, 1, 5, 1, 1)));
            all.add(constant(operator, "a pixel's own", 1, 1, random("k", 1, 5, 1, 1)));
        }
        return all.stream();
    }

    /** The constant on the right of one node and on the left of the next. */
    private static Duel constant(String operator, String shape, int height, int width, TensorProto constant) {
        return new Duel(operator + " of a constant: " + shape, () -> image(5, height, width)
                .tensor(constant)
                .nodes(node(operator, "x k", "a"), node(operator, "k a", "y")));
    }

    @ParameterizedTest
    @MethodSource("inFloat")
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
    }

    static Stream<Duel> inCodes() {
        List<Duel> all = new ArrayList<>();
        for (String operator : List.of("Add", "Mul")) {
            for (String inputs : bothOrders("a", "p")) {
                all.add(new Duel(
                        "int8 " + operator + " of an image and a pixel: " + inputs, () -> new QuantizedFile(5, 4, 6)
                                .unsigned("x", "a", STEP, 128)
                                .node("GlobalAveragePool", "a", "q")
                                .unsigned("q", "p", STEP / 4, 100)
                                .node(operator, inputs, "s")
                                .unsigned("s", "y", STEP, 128)
                                .file()));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("inCodes")
    void isAsInOnnxRuntimeInInt8(Duel network) {
        network.assertWithin(folder, (float) STEP);
    }
}
