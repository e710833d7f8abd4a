package org.elasticvision.runtime.engine.onednn;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.engine.OnnxParts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;
import static org.elasticvision.runtime.engine.onednn.Duel.image;
import static org.elasticvision.runtime.engine.onednn.Layers.normalized;

/** Weights in every form in which a file may hold them give the numbers that they give in ONNX Runtime. */
class OneDnnConstantsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource("constants")
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
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
