package org.elasticvision.runtime.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.elasticvision.runtime.image.pixels.ImagePart;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PreprocessorTest {
    static final List<String> IMAGES = Golden.IMAGES;

    private static Preprocessor published(Task task, int height, int width) {
        return new Preprocessor(Preprocessing.published(task, height, width));
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void cropsAsTheImageNetEvaluation(String name) {
        RgbImage fitted = published(Task.CLASSIFICATION, 224, 224).fit(Golden.image(name));
        Golden.assertSame(fitted, Golden.expected("imagenet", name), Golden.tolerance(name));
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void stretchesAsTheCocoEvaluation(String name) {
        RgbImage fitted = published(Task.MULTI_LABEL, 224, 224).fit(Golden.image(name));
        Golden.assertSame(fitted, Golden.expected("coco", name), Golden.tolerance(name));
    }

    @Test
    void normalisesToTheLastBit() {
        Preprocessor preprocessor = published(Task.CLASSIFICATION, 224, 224);
        float[] expected = Golden.floats("expected_tensor_landscape.npy");
        int count = preprocessor.elementCount();
        assertThat(count).isEqualTo(expected.length);
        FloatBuffer batch = direct(3 * count);

        Letterbox placement = preprocessor.write(Golden.image("landscape_500x375.png"), batch, count);

        float[] written = new float[3 * count];
        batch.get(0, written);
        assertThat(Arrays.copyOfRange(written, count, 2 * count)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(written, 0, count)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(written, 2 * count, 3 * count)).containsOnly(0f);
        assertThat(batch.position()).isZero();
        assertThat(placement).isEqualTo(new Letterbox(0, 0, 224, 224));
    }

    /** int((1 + H - h) / 2) rows above, as the published segmentation evaluation. */
    @ParameterizedTest
    @CsvSource({"10, 7, 0, 2", "9, 10, 1, 0", "8, 8, 1, 1", "1, 1, 5, 5", "10, 10, 0, 0"})
    void padsWithZerosAround(int width, int height, int x, int y) {
        Preprocessor preprocessor = published(Task.SEGMENTATION, 10, 10);
        byte[] white = new byte[3 * width * height];
        Arrays.fill(white, (byte) 255);
        FloatBuffer input = direct(preprocessor.elementCount());
        for (int i = 0; i < input.limit(); i++) {
            input.put(i, Float.NaN);
        }

        Letterbox placement = preprocessor.write(new RgbImage(width, height, white), input, 0);

        assertThat(placement).isEqualTo(new Letterbox(x, y, width, height));
        for (int c = 0; c < 3; c++) {
            float level = (1 - Preprocessing.IMAGENET_MEAN.get(c)) / Preprocessing.IMAGENET_STD.get(c);
            for (int row = 0; row < 10; row++) {
                for (int column = 0; column < 10; column++) {
                    boolean inside = row >= y && row < y + height && column >= x && column < x + width;
                    assertThat(input.get((c * 10 + row) * 10 + column)).isEqualTo(inside ? level : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 10, 0, 3, 10, 5", "10, 40, 4, 0, 2, 10", "1000, 3, 0, 5, 10, 1", "11, 11, 0, 0, 10, 10"})
    void shrinksWhatIsLargerThanTheInput(int width, int height, int x, int y, int toWidth, int toHeight) {
        Preprocessor preprocessor = published(Task.SEGMENTATION, 10, 10);
        RgbImage image = new RgbImage(width, height, new byte[3 * width * height]);
        FloatBuffer input = direct(preprocessor.elementCount());
        assertThat(preprocessor.write(image, input, 0)).isEqualTo(new Letterbox(x, y, toWidth, toHeight));
        assertThat(preprocessor.fit(image)).hasToString("RgbImage " + toWidth + "x" + toHeight);
    }

    @Test
    void cropsTheMiddleOfTheLongestImagesWithoutResizingTheRest() {
        RgbImage line = new RgbImage(1_000_000, 1, new byte[3_000_000]);
        for (var filter : Interpolation.values()) {
            Preprocessing crop = new Preprocessing(
                    Preprocessing.Fit.RESIZE_AND_CROP,
                    256,
                    224,
                    224,
                    filter,
                    Preprocessing.IMAGENET_MEAN,
                    Preprocessing.IMAGENET_STD);
            assertThat(new Preprocessor(crop).fit(line)).hasToString("RgbImage 224x224");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 1"})
    void normalisesReadyPixelsWhereTheyLie(int x, int y) {
        Preprocessor preprocessor = published(Task.SEGMENTATION, 4, 5);
        FloatBuffer input = direct(3 * 20);
        for (int i = 0; i < input.limit(); i++) {
            input.put(i, Float.NaN);
        }
        preprocessor.normalise(new RgbImage(2, 3, new byte[18]), x, y, input, 0);
        float black = (0 - Preprocessing.IMAGENET_MEAN.get(1)) / Preprocessing.IMAGENET_STD.get(1);
        for (int i = 0; i < 20; i++) {
            boolean inside = i % 5 >= x && i % 5 < x + 2 && i / 5 >= y && i / 5 < y + 3;
            assertThat(input.get(20 + i)).isEqualTo(inside ? black : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "4, 0", "0, 2"})
    void refusesPixelsOutsideOfTheInput(int x, int y) {
        Preprocessor preprocessor = published(Task.SEGMENTATION, 4, 5);
        RgbImage pixels = new RgbImage(2, 3, new byte[18]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> preprocessor.normalise(pixels, x, y, direct(60), 0))
                .withMessage("RgbImage 2x3 at column " + x + ", row " + y + " is not inside an input of 4x5");
    }

    @Test
    void refusesABufferThatIsTooShort() {
        Preprocessor preprocessor = published(Task.CLASSIFICATION, 2, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> preprocessor.write(new RgbImage(1, 1, new byte[3]), direct(12), 1))
                .withMessage("a buffer of 12 floats has no room for an input of 12 at 1");
    }

    /** What {@link Preprocessor#fit} makes is compared with Pillow's elsewhere; here no image lies between. */
    @ParameterizedTest
    @CsvSource({
        "STRETCH, BILINEAR, 500, 375",
        "STRETCH, LANCZOS, 61, 33",
        "STRETCH, BICUBIC, 7, 9",
        "STRETCH, NEAREST, 61, 33",
        "STRETCH, BILINEAR, 24, 20",
        "STRETCH, BILINEAR, 24, 50",
        "STRETCH, LANCZOS, 50, 20",
        "STRETCH, BILINEAR, 1, 1",
        "RESIZE_AND_CROP, BILINEAR, 500, 375",
        "RESIZE_AND_CROP, LANCZOS, 33, 61",
        "RESIZE_AND_CROP, BICUBIC, 30, 30",
        "PAD, BILINEAR, 100, 30",
        "PAD, BICUBIC, 24, 20",
        "PAD, BILINEAR, 10, 3",
    })
    void writesWhatItFitsAndNormalises(Preprocessing.Fit fit, Interpolation filter, int width, int height) {
        Preprocessor preprocessor = new Preprocessor(new Preprocessing(
                fit,
                fit == Preprocessing.Fit.RESIZE_AND_CROP ? 30 : 0,
                20,
                24,
                filter,
                List.of(0.485f, 0.456f, 0.406f),
                List.of(0.229f, 0.224f, 0.225f)));
        byte[] pixels = new byte[3 * width * height];
        new Random(5).nextBytes(pixels);
        for (int i = 0; i < pixels.length; i += 5) {
            pixels[i] = (byte) (i % 2 * 255); // black beside white, so that filters overshoot
        }
        RgbImage image = new RgbImage(width, height, pixels);
        FloatBuffer written = direct(preprocessor.elementCount());
        FloatBuffer expected = direct(preprocessor.elementCount());

        Letterbox placement = preprocessor.write(image, written, 0);

        RgbImage fitted = preprocessor.fit(image);
        assertThat(placement.width()).isEqualTo(fitted.width());
        assertThat(placement.height()).isEqualTo(fitted.height());
        preprocessor.normalise(fitted, placement.x(), placement.y(), expected, 0);
        assertThat(written).isEqualTo(expected);
    }

    /** The last two images become fewer rows than there are threads. */
    @ParameterizedTest
    @CsvSource({
        "RESIZE_AND_CROP, BILINEAR, 1301, 1003",
        "RESIZE_AND_CROP, LANCZOS, 1003, 1301",
        "STRETCH, BICUBIC, 1301, 1003",
        "STRETCH, NEAREST, 1301, 1003",
        "PAD, BILINEAR, 1301, 1003",
        "PAD, BICUBIC, 250000, 5",
        "PAD, BILINEAR, 5, 250000",
    })
    void severalThreadsMakeWhatOneMakes(Preprocessing.Fit fit, Interpolation filter, int width, int height) {
        Preprocessing preprocessing = new Preprocessing(
                fit,
                fit == Preprocessing.Fit.RESIZE_AND_CROP ? 99 : 0,
                77,
                91,
                filter,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
        byte[] pixels = new byte[3 * width * height];
        new Random(6).nextBytes(pixels);
        RgbImage image = new RgbImage(width, height, pixels);
        Preprocessor alone = new Preprocessor(preprocessing);
        FloatBuffer expected = direct(alone.elementCount());
        Letterbox placement = alone.write(image, expected, 0);
        for (int threads = 2; threads <= 5; threads++) {
            FloatBuffer written = direct(2 * alone.elementCount());
            assertThat(new Preprocessor(preprocessing, threads).write(image, written, alone.elementCount()))
                    .isEqualTo(placement);
            assertThat(written.slice(alone.elementCount(), alone.elementCount()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void refusesToWorkWithoutAThread() {
        Preprocessing preprocessing = Preprocessing.published(Task.CLASSIFICATION, 2, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessor(preprocessing, 0))
                .withMessage("threads 0 must be at least 1");
    }

    @ParameterizedTest
    @CsvSource({
        "BILINEAR, 0, 0, 333, 257",
        "BILINEAR, 40, 30, 100, 180",
        "BILINEAR, 109, 33, 224, 224",
        "BILINEAR, 332, 256, 1, 1",
        "BILINEAR, 0, 250, 333, 7",
        "BICUBIC, 300, 0, 33, 257",
        "LANCZOS, 17, 101, 260, 156"
    })
    void aPartIsWhatIsCutOutThenResizedThenMirrored(Interpolation filter, int x, int y, int width, int height) {
        Preprocessing preprocessing = new Preprocessing(
                Preprocessing.Fit.STRETCH,
                224,
                224,
                224,
                filter,
                Preprocessing.IMAGENET_MEAN,
                Preprocessing.IMAGENET_STD);
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        RgbImage image = Golden.image("odd_333x257.png");
        byte[] cut = new byte[3 * width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(image.pixels(), 3 * ((y + row) * 333 + x), cut, 3 * row * width, 3 * width);
        }
        float[] plain = new float[preprocessor.elementCount()];
        preprocessor.write(new RgbImage(width, height, cut), FloatBuffer.wrap(plain), 0);
        ImagePart part = new ImagePart(x, y, width, height);
        float[] written = new float[plain.length];
        preprocessor.writePart(image, part, false, FloatBuffer.wrap(written), 0);
        assertThat(written).isEqualTo(plain);
        preprocessor.writePart(image, part, true, FloatBuffer.wrap(written), 0);
        for (int i = 0; i < plain.length; i++) {
            int column = i % 224;
            assertThat(written[i]).isEqualTo(plain[i - column + 223 - column]);
        }
    }

    @Test
    void refusesAPartThatLeavesTheImage() {
        Preprocessor preprocessor = new Preprocessor(Preprocessing.published(Task.CLASSIFICATION, 224, 224));
        RgbImage image = Golden.image("odd_333x257.png");
        FloatBuffer target = FloatBuffer.allocate(preprocessor.elementCount());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> preprocessor.writePart(image, new ImagePart(300, 0, 34, 10), false, target, 0))
                .withMessageContaining("is not inside an image of 333x257");
        assertThatIllegalArgumentException().isThrownBy(() -> new ImagePart(0, -1, 5, 5));
    }
}
