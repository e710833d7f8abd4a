package org.elasticvision.runtime.image.codec.jpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.Golden;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.TestJpegs;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.codec.format.ImageFormats;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Preprocessing.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReducedDecoderTest {
    /** In decibels. */
    private static final double NEAR = 44;
    /** Where the cut pixels are taken to lie on the wrong side, or to be whole, it is 41 to 46. */
    private static final double SAME_PLACE = 50;

    private static Preprocessor preprocessor(Fit fit, int resize, int height, int width, Interpolation filter) {
        return new Preprocessor(
                new Preprocessing(fit, resize, height, width, filter, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
    }

    private static Preprocessor crop(int resize, int side) {
        return preprocessor(Fit.RESIZE_AND_CROP, resize, side, side, Interpolation.BILINEAR);
    }

    private static ImageSource source(byte[] encoded) {
        return ImageSource.of(encoded, "photo");
    }

    private static float[] input(Preprocessor preprocessor, DecodedImage image) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(preprocessor.elementCount() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        preprocessor.write(image, buffer, 0);
        float[] values = new float[buffer.capacity()];
        buffer.get(values);
        return values;
    }

    /** The peak signal-to-noise ratio of levels of 0 to 1. */
    private static double psnr(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            squares += Math.pow(actual[i] - expected[i], 2);
        }
        return 10 * Math.log10(actual.length / squares);
    }

    /** Decodes an image both ways and says how far the inputs are apart. */
    private static double psnr(Preprocessor preprocessor, byte[] encoded, Orientation orientation, int reduction) {
        RgbImage whole = source(encoded).decode(orientation);
        DecodedImage reduced = preprocessor.decodeReduced(source(encoded), orientation);
        assertThat(reduced.reduction()).isEqualTo(reduction);
        assertThat(reduced.width()).isEqualTo(whole.width());
        assertThat(reduced.height()).isEqualTo(whole.height());
        float[] input = input(preprocessor, reduced);
        float[] expected = input(preprocessor, DecodedImage.of(whole));
        FloatBuffer buffer = FloatBuffer.allocate(preprocessor.elementCount());
        assertThat(preprocessor.write(reduced, buffer, 0)).isEqualTo(preprocessor.write(whole, buffer, 0));
        return psnr(input, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "RESIZE_AND_CROP, 256, 224, 224, 4000, 3000, 4",
        "RESIZE_AND_CROP, 256, 224, 224, 3000, 4000, 4",
        "RESIZE_AND_CROP, 256, 224, 224, 5003, 4099, 8",
        "STRETCH, 0, 224, 224, 4000, 3000, 4",
        "STRETCH, 0, 224, 112, 1800, 1793, 4",
        "PAD, 0, 513, 513, 4000, 3000, 2",
        "PAD, 0, 300, 200, 2003, 1001, 4",
    })
    void aLargePhotoGivesNearlyTheInputOfTheWholePhoto(
            Fit fit, int resize, int height, int width, int photoWidth, int photoHeight, int reduction) {
        byte[] photo = TestJpegs.baseline(TestJpegs.picture(photoWidth, photoHeight));
        Preprocessor preprocessor = preprocessor(fit, resize, height, width, Interpolation.BILINEAR);
        assertThat(psnr(preprocessor, photo, Orientation.APPLY_EXIF, reduction)).isBetween(NEAR, 90.0);
    }

    @ParameterizedTest
    @CsvSource({
        "photo_420_500x333.jpg, 80, 2",
        "photo_420_500x333.jpg, 41, 4",
        "photo_420_500x333.jpg, 20, 8",
        "photo_444_prog.jpg, 30, 4",
        "gray.jpg, 30, 4",
        "cmyk.jpg, 30, 4",
        "exif_rot6.jpg, 25, 4",
    })
    void everyKindOfJpegIsReduced(String name, int resize, int reduction) {
        for (Orientation orientation : Orientation.values()) {
            assertThat(psnr(crop(resize, resize - 2), Golden.bytes(name), orientation, reduction))
                    .isBetween(34.0, 90.0);
        }
    }

    @Test
    void progressiveAndGreyPhotosAreReducedToo() {
        RgbImage picture = TestJpegs.picture(1501, 1203);
        Preprocessor preprocessor = preprocessor(Fit.STRETCH, 0, 160, 128, Interpolation.BICUBIC);
        for (byte[] photo : List.of(TestJpegs.progressive(picture), TestJpegs.grey(picture))) {
            assertThat(psnr(preprocessor, photo, Orientation.IGNORE_EXIF, 2)).isBetween(NEAR, 90.0);
        }
    }

    /** Sides of 8 n + 1 and 8 n + 3, so that libjpeg adds much to the last pixels, which the orientation brings elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void theCutPixelsLieWhereTheOrientationBringsThem(int orientation) {
        byte[] plain = TestJpegs.baseline(TestJpegs.picture(713, 515));
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] photo = TestJpegs.withOrientation(plain, orientation, order);
            Preprocessor preprocessor = preprocessor(Fit.STRETCH, 0, 32, 32, Interpolation.BILINEAR);
            assertThat(psnr(preprocessor, photo, Orientation.APPLY_EXIF, 8)).isBetween(SAME_PLACE, 90.0);
            assertThat(psnr(preprocessor, photo, Orientation.IGNORE_EXIF, 8)).isBetween(SAME_PLACE, 90.0);
        }
    }

    /** Segments of another content do not count. */
    @Test
    void theFirstOrientationCountsAsForOpenCv() {
        byte[] plain = TestJpegs.baseline(TestJpegs.picture(713, 515));
        byte[] turned = TestJpegs.withOrientation(plain, 6, ByteOrder.BIG_ENDIAN);
        for (byte[] photo : List.of(
                TestJpegs.withXmp(turned),
                TestJpegs.withOrientation(TestJpegs.withXmp(plain), 8, ByteOrder.BIG_ENDIAN),
                TestJpegs.withOrientation(turned, 3, ByteOrder.BIG_ENDIAN),
                TestJpegs.withOrientation(turned, 99, ByteOrder.BIG_ENDIAN))) {
            assertThat(psnr(crop(30, 28), photo, Orientation.APPLY_EXIF, 8)).isBetween(SAME_PLACE, 90.0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small_60x45.png",
                "landscape_500x375.png",
                "photo.bmp",
                "exif_rot6.webp",
                "palette.png",
                "gray.jpg"
            })
    void otherFormatsAndSmallPhotosAreDecodedWhole(String name) {
        Preprocessor preprocessor = name.endsWith(".jpg") ? crop(121, 120) : crop(8, 8);
        assertWhole(preprocessor, source(Golden.bytes(name)));
    }

    @Test
    void aResizeThatPicksPixelsGetsThemAll() {
        assertWhole(
                preprocessor(Fit.STRETCH, 0, 8, 8, Interpolation.NEAREST),
                source(Golden.bytes("photo_420_500x333.jpg")));
    }

    @Test
    void whatIsNoFileIsTakenAsItIs() {
        RgbImage frame = TestJpegs.picture(300, 200);
        assertThat(crop(8, 8)
                        .decodeReduced(ImageSource.of(frame, "frame"), Orientation.APPLY_EXIF)
                        .pixels())
                .isSameAs(frame);
    }

    private static void assertWhole(Preprocessor preprocessor, ImageSource source) {
        RgbImage whole = source.decode(Orientation.APPLY_EXIF);
        DecodedImage decoded = preprocessor.decodeReduced(source, Orientation.APPLY_EXIF);
        assertThat(decoded.reduction()).isEqualTo(1);
        Golden.assertSame(decoded.pixels(), whole, 0);
        assertThat(input(preprocessor, decoded)).isEqualTo(input(preprocessor, DecodedImage.of(whole)));
    }

    /** libjpeg decodes them, but at their full size only. */
    @Test
    void losslessJpegsAreNotScalable() throws DamagedImage {
        byte[] encoded = TestJpegs.baseline(TestJpegs.picture(64, 48));
        SizeLimit limit = new SizeLimit("photo", ImageSource.MAX_PIXELS);
        assertThat(ImageFormats.inspect(encoded, limit).scalable()).isTrue();
        int frame = 0;
        while (encoded[frame] != (byte) 0xFF || encoded[frame + 1] != (byte) 0xC0) {
            frame++;
        }
        encoded[frame + 1] = (byte) 0xC3;
        assertThat(ImageFormats.inspect(encoded, limit).scalable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exif_rot6.jpg", "photo_444_prog.jpg", "cmyk.jpg"})
    void damageNeverDoesMoreThanRefuse(String name) {
        byte[] whole = Golden.bytes(name);
        Random random = new Random(name.hashCode());
        Preprocessor preprocessor = crop(25, 24);
        int decoded = 0;
        for (int round = 0; round < 150; round++) {
            byte[] damaged =
                    random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(Math.min(damaged.length, 400))] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                input(preprocessor, preprocessor.decodeReduced(source(damaged), Orientation.APPLY_EXIF));
                decoded++;
            } catch (ImageException refusal) {
                assertThat(refusal).message().startsWith("photo: ").hasLineCount(1);
            }
        }
        assertThat(decoded).isLessThan(150);
    }

    @Test
    void theLimitCountsThePixelsOfTheWholeImage() {
        byte[] encoded = Golden.bytes("gray.jpg");
        Preprocessor preprocessor = crop(8, 8);
        ImageSource allowed = ImageSource.of(encoded, "photo", 76800);
        assertThat(preprocessor.decodeReduced(allowed, Orientation.APPLY_EXIF))
                .hasToString("DecodedImage 320x240 at 1/8");
        ImageSource refused = ImageSource.of(encoded, "photo", 76799);
        for (ThrowingCallable decode : List.<ThrowingCallable>of(
                () -> preprocessor.decodeReduced(refused, Orientation.APPLY_EXIF),
                () -> refused.decode(Orientation.APPLY_EXIF),
                () -> refused.decode(Orientation.APPLY_EXIF, 100_000),
                () -> allowed.decode(Orientation.APPLY_EXIF, 76799))) {
            assertThatExceptionOfType(ImageException.class)
                    .isThrownBy(decode)
                    .withMessageStartingWith("photo: says it is 320x240 pixels; at most 76799 pixels");
        }
    }
}
