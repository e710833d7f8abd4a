package org.elasticvision.train.data.transform;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.train.data.Pictures;
import org.elasticvision.train.data.transform.randaugment.RandAugment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageTransformTest {
    private static final int SIDE = 24;
    private static final int VALUES = 3 * SIDE * SIDE;

    private final RgbImage image = Pictures.picture(50, 40);

    @ParameterizedTest
    @EnumSource(Preprocessing.Fit.class)
    void validationIsTheRuntimesPreprocessing(Preprocessing.Fit fit) {
        Preprocessing preprocessing = Pictures.preprocessing(fit, SIDE, SIDE);
        assertThat(written(ImageTransform.evaluation(preprocessing), image, 1))
                .isEqualTo(runtime(preprocessing, image));
    }

    @ParameterizedTest
    @EnumSource(Preprocessing.Fit.class)
    void noAugmentationIsValidation(Preprocessing.Fit fit) {
        Preprocessing preprocessing = Pictures.preprocessing(fit, SIDE, SIDE);
        ImageTransform none = ImageTransform.training(preprocessing, Augmentation.none());
        assertThat(written(none, image, 1)).isEqualTo(runtime(preprocessing, image));
    }

    @ParameterizedTest
    @EnumSource(Augmentation.Crop.class)
    void aFlipMirrorsTheInput(Augmentation.Crop crop) {
        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, SIDE, SIDE);
        Augmentation never = new Augmentation(crop, 0.3, 1.5, 2, 0, 1, 1);
        float[] plain = written(ImageTransform.training(preprocessing, never), image, 7);
        float[] flipped = written(ImageTransform.training(preprocessing, never.withFlip(1)), image, 7);
        assertThat(flipped).isNotEqualTo(plain);
        for (int i = 0; i < VALUES; i++) {
            int column = i % SIDE;
            assertThat(flipped[i]).isEqualTo(plain[i - column + SIDE - 1 - column]);
        }
    }

    @Test
    void halfOfTheImagesAreMirrored() {
        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, 2, 2);
        Augmentation flips = Augmentation.none().withFlip(0.5);
        RgbImage small = Pictures.picture(2, 2);
        FloatBuffer input = Pictures.buffer(12);
        float[] plain = runtime(preprocessing, small);
        SplittableRandom random = new SplittableRandom(11);
        int mirrored = 0;
        for (int i = 0; i < 4_000; i++) {
            ImageTransform.training(preprocessing, flips).write(small, random, input, 0);
            mirrored += input.get(0) == plain[1] ? 1 : 0;
        }
        assertThat(mirrored).isBetween(1_850, 2_150);
    }

    /** Levels of 0 become 255 at the largest magnitude of Solarize; the border is not of the picture. */
    @Test
    void randAugmentSparesTheBorderOfAPaddedImage() {
        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.PAD, SIDE, SIDE);
        RgbImage wide = Pictures.picture(SIDE, SIDE / 2);
        Augmentation solarized = Augmentation.none().withRandAugment(Optional.of(new RandAugment(1, 30)));
        FloatBuffer input = Pictures.buffer(VALUES);
        ImageTransform.training(preprocessing, solarized)
                .write(wide, new Script(List.of(0.5), List.of(0, 0, 11)), input, 0);
        float[] plain = runtime(preprocessing, wide);
        float[] varied = Pictures.floats(input);
        for (int i = 0; i < VALUES; i++) {
            int row = i / SIDE % SIDE;
            boolean isBorder = row < SIDE / 4 || row >= 3 * SIDE / 4;
            assertThat(varied[i] == plain[i]).as("value %d", i).isEqualTo(isBorder);
        }
    }

    @Test
    void onlyItsOwnPlaceIsWritten() {
        Preprocessing preprocessing = Pictures.preprocessing(Preprocessing.Fit.STRETCH, SIDE, SIDE);
        FloatBuffer batch = Pictures.buffer(3 * VALUES);
        ImageTransform.training(preprocessing, Augmentation.published())
                .write(image, new SplittableRandom(1), batch, VALUES);
        for (int i = 0; i < batch.limit(); i++) {
            assertThat(Float.isNaN(batch.get(i))).isEqualTo(i < VALUES || i >= 2 * VALUES);
        }
        assertThat(batch.position()).isZero();
    }

    private static float[] written(ImageTransform transform, RgbImage image, long seed) {
        FloatBuffer input = Pictures.buffer(VALUES);
        transform.write(image, new SplittableRandom(seed), input, 0);
        return Pictures.floats(input);
    }

    private static float[] runtime(Preprocessing preprocessing, RgbImage image) {
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        FloatBuffer input = Pictures.buffer(preprocessor.elementCount());
        preprocessor.write(image, input, 0);
        return Pictures.floats(input);
    }
}
