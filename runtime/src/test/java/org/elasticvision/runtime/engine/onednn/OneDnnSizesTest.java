package org.elasticvision.runtime.engine.onednn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.elasticvision.runtime.engine.OnnxParts.floats;
import static org.elasticvision.runtime.engine.OnnxParts.longs;
import static org.elasticvision.runtime.engine.OnnxParts.node;
import static org.elasticvision.runtime.engine.OnnxParts.number;
import static org.elasticvision.runtime.engine.OnnxParts.numbers;
import static org.elasticvision.runtime.engine.OnnxParts.text;
import static org.elasticvision.runtime.engine.onednn.Duel.image;
import static org.elasticvision.runtime.engine.onednn.Layers.conv;

/** What changes the size of an image, or the number of its channels, is as in ONNX Runtime. */
class OneDnnSizesTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void isAsInOnnxRuntime(Duel network) {
        network.assertSame(folder);
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
        all.add(new Duel("Concat of as many as can be", () -> image(2, 3, 3)
                .node(node("Concat", "x ".repeat(512).trim(), "y", number("axis", 1)))));
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
}
