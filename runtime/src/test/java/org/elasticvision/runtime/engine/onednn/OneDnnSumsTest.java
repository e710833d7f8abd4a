package org.elasticvision.runtime.engine.onednn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.engine.OnnxFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.random;
import static org.elasticvision.runtime.engine.OnnxParts.scalar;
import static org.elasticvision.runtime.engine.onednn.Duel.image;
import static org.elasticvision.runtime.engine.onednn.Layers.conv;
import static org.elasticvision.runtime.engine.onednn.Layers.normalized;

/** Sums, products, activations and vectors are as in ONNX Runtime. */
class OneDnnSumsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource({"sums", "vectors"})
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
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
        all.add(new Duel("a Conv with more sums than it can take", () -> {
            OnnxFile file = conv(image(3, 4, 6), "x", "s0", 1, 3, 3, 1);
            for (int i = 1; i <= 40; i++) {
                file.nodes(node("Sigmoid", "x", "a" + i), node("Add", "s" + (i - 1) + " a" + i, "s" + i));
            }
            return file.node(node("Relu", "s40", "y"));
        }));
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
}
