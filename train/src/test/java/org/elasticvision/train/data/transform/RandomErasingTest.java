package org.elasticvision.train.data.transform;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RandomErasingTest {
    private static final Path FILE = Path.of("src/test/resources/org/elasticvision/train/data/transform/erasing.tsv");
    private static final int BEFORE = 5;

    static Stream<String> rows() throws IOException {
        return Files.readAllLines(FILE).stream();
    }

    /** With the same random numbers, the same pixels as torchvision's. */
    @ParameterizedTest
    @MethodSource("rows")
    void erasesAsTorchvision(String row) {
        String[] cells = row.split("\t", -1);
        int width = Integer.parseInt(cells[0]);
        int height = Integer.parseInt(cells[1]);
        Script random = Script.of(cells[3], cells[4]);
        FloatBuffer images = Pictures.buffer(BEFORE + 3 * width * height);
        for (int i = 0; i < images.capacity(); i++) {
            images.put(i, 1);
        }
        new RandomErasing(Double.parseDouble(cells[2])).apply(images, BEFORE, width, height, random);
        assertThat(random.isUsedUp()).isTrue();
        int[] box = cells[5].equals("-")
                ? new int[4]
                : Stream.of(cells[5].split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        for (int i = 0; i < images.capacity(); i++) {
            int x = Math.floorMod(i - BEFORE, width);
            int y = Math.floorMod((i - BEFORE) / width, height);
            boolean isErased = i >= BEFORE && x >= box[0] && x < box[0] + box[2] && y >= box[1] && y < box[1] + box[3];
            assertThat(images.get(i)).as("value %d", i).isEqualTo(isErased ? 0 : 1);
        }
    }

    /** Cropped, mirrored and normalised as before: the numbers for that are asked for first. */
    @Test
    void changesNothingElseOfAnInput() {
        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, 32, 32);
        int erased = 0;
        for (long seed = 0; seed < 40; seed++) {
            float[] before = input(preprocessing, Augmentation.published(), seed);
            assertThat(input(preprocessing, Augmentation.published().withErasing(0), seed))
                    .isEqualTo(before);
            float[] after = input(preprocessing, Augmentation.published().withErasing(0.5), seed);
            boolean isChanged = false;
            for (int i = 0; i < before.length; i++) {
                if (after[i] != before[i]) {
                    assertThat(after[i]).isZero();
                    isChanged = true;
                }
            }
            erased += isChanged ? 1 : 0;
        }
        assertThat(erased).isBetween(10, 30);
    }

    private static float[] input(Preprocessing preprocessing, Augmentation augmentation, long seed) {
        FloatBuffer input = Pictures.buffer(3 * 32 * 32);
        ImageTransform.training(preprocessing, augmentation)
                .write(Pictures.picture(60, 40), new SplittableRandom(seed), input, 0);
        return Pictures.floats(input);
    }
}
