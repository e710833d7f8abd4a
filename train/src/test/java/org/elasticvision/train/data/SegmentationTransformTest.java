package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.transform.Augmentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SegmentationTransformTest {
    private static final int SIDE = 48;
    private static final int PLANE = SIDE * SIDE;

    private final Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.PAD, SIDE, SIDE);

    /** Where the mask says 0 the image is black and where it says 1 white, so they cannot lose each other unseen. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void imageAndMaskStayTogether(long seed) {
        int width = 37 + (int) seed * 5;
        int height = 90 - (int) seed * 6;
        RgbImage image = new RgbImage(width, height, new byte[3 * width * height]);
        IndexImage mask = new IndexImage(width, height, new byte[width * height]);
        for (int i = 0; i < width * height; i++) {
            boolean white = (i % width) * 3 > width && i / width < height / 2; // no symmetry left to right
            for (int c = 0; c < 3; c++) {
                image.pixels()[3 * i + c] = (byte) (white ? 255 : 0);
            }
            mask.indices()[i] = (byte) (white ? 1 : 0);
        }
        FloatBuffer input = Pictures.buffer(3 * PLANE);
        byte[] target = SegmentationTransform.training(preprocessing, Augmentation.published())
                .write(image, mask, new SplittableRandom(seed), input, 0)
                .pixels();

        Preprocessor preprocessor = new Preprocessor(preprocessing);
        FloatBuffer levels = Pictures.buffer(3 * PLANE);
        preprocessor.normalise(new RgbImage(1, 1, new byte[] {127, 127, 127}), 0, 0, levels, 0);
        float grey = levels.get(0);
        int inside = 0;
        int wrong = 0;
        for (int i = 0; i < PLANE; i++) {
            if ((target[i] & 0xFF) == Target.Masks.VOID) {
                for (int c = 0; c < 3; c++) {
                    assertThat(input.get(c * PLANE + i)).isZero();
                }
            } else {
                inside++;
                wrong += (input.get(i) > grey) == (target[i] == 1) ? 0 : 1;
            }
        }
        assertThat(inside).isGreaterThan(PLANE / 4);
        // the nearest pixel and the filtered edge may differ by a pixel along the edges, which are not 100 pixels long
        assertThat(wrong).isLessThanOrEqualTo(100);
        assertThat(wrong).isLessThan(inside / 10);
    }

    @ParameterizedTest
    @CsvSource({"48, 48", "30, 20", "47, 48", "60, 40", "100, 131"})
    void validationIsTheRuntimesPreprocessingAndTheMaskLiesUnderIt(int width, int height) {
        RgbImage image = Pictures.picture(width, height);
        IndexImage mask = Pictures.mask(width, height);
        FloatBuffer input = Pictures.buffer(3 * PLANE);
        Target.Masks masks =
                SegmentationTransform.evaluation(preprocessing).write(image, mask, new SplittableRandom(1), input, 0);
        byte[] target = masks.pixels();

        FloatBuffer expected = Pictures.buffer(3 * PLANE);
        var seen = new Preprocessor(preprocessing).write(image, expected, 0);
        assertThat(Pictures.floats(input)).isEqualTo(Pictures.floats(expected));
        assertThat(masks.truth(0).mask()).isSameAs(mask);
        assertThat(masks.truth(0).framing()).isEqualTo(new Framing(SIDE, SIDE, seen, width, height));
        for (int i = 0; i < PLANE; i++) {
            int x = i % SIDE - seen.x();
            int y = i / SIDE - seen.y();
            boolean inside = x >= 0 && x < seen.width() && y >= 0 && y < seen.height();
            int nearest = inside
                    ? mask.indices()[
                            (2 * y + 1) * height / (2 * seen.height()) * width
                                    + (2 * x + 1) * width / (2 * seen.width())]
                    : Target.Masks.VOID;
            assertThat(target[i] & 0xFF).isEqualTo(nearest);
        }
    }

    @Test
    void noAugmentationOfAnImageOfTheInputsSizeIsValidation() {
        RgbImage image = Pictures.picture(SIDE, SIDE);
        IndexImage mask = Pictures.mask(SIDE, SIDE);
        FloatBuffer trained = Pictures.buffer(3 * PLANE);
        FloatBuffer measured = Pictures.buffer(3 * PLANE);
        byte[] target = SegmentationTransform.training(preprocessing, Augmentation.none())
                .write(image, mask, new SplittableRandom(1), trained, 0)
                .pixels();
        SegmentationTransform.evaluation(preprocessing).write(image, mask, new SplittableRandom(1), measured, 0);
        assertThat(Pictures.floats(trained)).isEqualTo(Pictures.floats(measured));
        assertThat(target).isEqualTo(mask.indices());
    }

    @Test
    void scalesReachFromTheSmallestToTheLargest() {
        SplittableRandom random = new SplittableRandom(1);
        SegmentationTransform training = SegmentationTransform.training(
                Pictures.preprocessing(Preprocessing.Fit.PAD, 41, 41), Augmentation.published());
        FloatBuffer input = Pictures.buffer(3 * 41 * 41);
        RgbImage image = Pictures.picture(20, 20);
        IndexImage mask = Pictures.mask(20, 20);
        int smaller = 0;
        int least = 41;
        int most = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] target = training.write(image, mask, random, input, 0).pixels();
            int side = 0;
            for (int x = 0; x < 41; x++) {
                side += (target[20 * 41 + x] & 0xFF) == Target.Masks.VOID ? 0 : 1;
            }
            least = Math.min(least, side);
            most = Math.max(most, side);
            smaller += side < 20 ? 1 : 0;
        }
        assertThat(least).isEqualTo(10);
        assertThat(most).isEqualTo(40);
        assertThat(smaller).isBetween(900, 1_030); // log-uniform: as often smaller as larger, and 20 itself a few times
    }

    @Test
    void refusesToMeasureOnAPartOfTheImage() {
        Preprocessing crop = Pictures.preprocessing(Preprocessing.Fit.RESIZE_AND_CROP, SIDE, SIDE);
        assertThatIllegalArgumentException().isThrownBy(() -> SegmentationTransform.evaluation(crop));
    }
}
