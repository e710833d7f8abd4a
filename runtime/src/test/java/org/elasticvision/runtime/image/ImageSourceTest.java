package org.elasticvision.runtime.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;

class ImageSourceTest {
    static final List<String> IMAGES = Golden.IMAGES;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha.bmp",
                "alpha.webp",
                "animated.png",
                "exif_rot6.webp",
                "grey_alpha.png",
                "grey_transparent.png",
                "interlaced.png",
                "palette_2_bits.png",
                "palette_transparent.png",
                "rgba_16_bits.png",
                "cmyk.jpg",
                "exif_rot6.jpg",
                "gray.jpg",
                "palette.png",
                "photo_420_500x333.jpg",
                "rgba_alpha.png"
            })
    void decodesAsPillow(String name) {
        Golden.assertSame(Golden.image(name), Golden.expected("decoded", name), Golden.tolerance(name));
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void bytesGiveWhatTheFileGives(String name) {
        ImageSource source = ImageSource.of(Golden.bytes(name), "upload 7");
        assertThat(source.name()).isEqualTo("upload 7");
        Golden.assertSame(source.decode(Orientation.IGNORE_EXIF), Golden.image(name), 0);
    }

    /** Orientation 6: the stored top row is shown as the right column. */
    @Test
    void turnsAPhotoUprightWhenAsked() {
        RgbImage stored = Golden.expected("decoded", "exif_rot6.jpg");
        RgbImage upright = ImageSource.of(Golden.file("exif_rot6.jpg")).decode(Orientation.APPLY_EXIF);
        assertThat(upright).hasToString("RgbImage 200x320");
        byte[] turned = new byte[stored.pixels().length];
        for (int y = 0; y < stored.height(); y++) {
            for (int x = 0; x < stored.width(); x++) {
                int to = x * stored.height() + stored.height() - 1 - y;
                System.arraycopy(stored.pixels(), 3 * (y * stored.width() + x), turned, 3 * to, 3);
            }
        }
        Golden.assertSame(upright, new RgbImage(upright.width(), upright.height(), turned), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exif_rot6.jpg", "exif_rot6.webp"})
    void leavesAPhotoAsStoredWhenAsked(String name) {
        RgbImage stored = ImageSource.of(Golden.file(name)).decode(Orientation.IGNORE_EXIF);
        RgbImage upright = ImageSource.of(Golden.file(name)).decode(Orientation.APPLY_EXIF);
        assertThat(stored.width()).isGreaterThan(stored.height()).isEqualTo(upright.height());
    }

    @Test
    void readsWebp() {
        RgbImage image = Golden.image("small_60x45.png");
        Golden.assertSame(decode(WebpImages.lossless(image)), image, 0);
        assertThat(decode(WebpImages.lossy(image))).hasToString("RgbImage 60x45");
    }

    private static RgbImage decode(byte[] encoded) {
        return ImageSource.of(encoded, "test image").decode(Orientation.IGNORE_EXIF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd_333x257.png", "rgba_alpha.png", "palette.png", "gray.png", "photo.bmp"})
    void aBufferedImageGivesWhatItsFileGives(String name) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Golden.bytes(name)));
        Golden.assertSame(ImageSource.of(image).decode(Orientation.APPLY_EXIF), Golden.image(name), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR})
    void everyKindOfBufferedImageGivesItsPixels(int type) {
        BufferedImage image = new BufferedImage(3, 2, type);
        image.setRGB(2, 1, 0x7F102030);
        byte[] pixels = ImageSource.of(image).decode(Orientation.APPLY_EXIF).pixels();
        assertThat(pixels).hasSize(18).endsWith(0x10, 0x20, 0x30);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyLevelsAreTakenAsTheyAre(int type) {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.getRaster().setSample(1, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 << 8);
        assertThat(ImageSource.of(image).decode(Orientation.APPLY_EXIF).pixels())
                .containsExactly(0, 0, 0, 100, 100, 100);
    }

    @Test
    void rawPixelsAreTakenAsTheyAre() {
        RgbImage frame = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        ImageSource source = ImageSource.of(frame, "camera 1");
        assertThat(source.name()).isEqualTo("camera 1");
        assertThat(source.decode(Orientation.APPLY_EXIF).pixels()).isSameAs(frame.pixels());
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> source.decode(Orientation.APPLY_EXIF, 1))
                .withMessageStartingWith("camera 1: ");
    }

    @Test
    void whatIsNotThereIsRefusedAtOnce() {
        assertThatNullPointerException()
                .isThrownBy(() -> ImageSource.of((Path) null))
                .withMessage("file");
        assertThatNullPointerException()
                .isThrownBy(() -> ImageSource.of((byte[]) null, "upload"))
                .withMessage("encoded");
        assertThatNullPointerException()
                .isThrownBy(() -> ImageSource.of((BufferedImage) null))
                .withMessage("image");
        assertThatNullPointerException()
                .isThrownBy(() -> ImageSource.of((Mat) null))
                .withMessage("bgr");
        assertThatNullPointerException()
                .isThrownBy(() -> ImageSource.of((RgbImage) null, "frame"))
                .withMessage("image");
    }

    @Test
    void aMatGivesItsPixelsAndStaysTheCallers() {
        RgbImage image = Golden.image("small_60x45.png");
        try (BytePointer pixels = new BytePointer(WebpImages.bgr(image));
                Mat mat = new Mat(45, 60, CV_8UC3, pixels)) {
            Golden.assertSame(ImageSource.of(mat).decode(Orientation.APPLY_EXIF), image, 0);
            assertThat(mat.empty()).isFalse();
        }
    }

    @Test
    void aPartOfAMatHasRowsWithGaps() {
        try (BytePointer pixels = new BytePointer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
                Mat mat = new Mat(3, 3, CV_8UC1, pixels);
                Rect middle = new Rect(1, 1, 2, 2);
                Mat part = mat.apply(middle)) {
            assertThat(ImageSource.of(part).decode(Orientation.APPLY_EXIF).pixels())
                    .containsExactly(5, 5, 5, 6, 6, 6, 8, 8, 8, 9, 9, 9);
        }
    }

    @Test
    void aMatWithAlphaLosesIt() {
        try (BytePointer pixels = new BytePointer(new byte[] {1, 2, 3, 4});
                Mat mat = new Mat(1, 1, CV_8UC4, pixels)) {
            assertThat(ImageSource.of(mat).decode(Orientation.APPLY_EXIF).pixels())
                    .containsExactly(3, 2, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 3, CV_32FC3", "2, 4, CV_16UC4", "6, 1, CV_64FC1", "0, 2, CV_8UC2"})
    void refusesAMatOfAnotherType(int depth, int channels, String name) {
        try (Mat mat = new Mat(1, 1, CV_MAKETYPE(depth, channels))) {
            assertThatExceptionOfType(ImageException.class)
                    .isThrownBy(() -> ImageSource.of(mat).decode(Orientation.APPLY_EXIF))
                    .withMessage(
                            "OpenCV Mat: its type is " + name + ", not CV_8UC1 (grey), CV_8UC3 (BGR) or CV_8UC4 (BGRA);"
                                    + " convert it with Mat.convertTo or cvtColor");
        }
    }

    @Test
    void saysWhyAMatHoldsNoPicture() {
        try (Mat deep = new Mat(3, new int[] {2, 3, 4}, CV_8UC1);
                Mat empty = new Mat()) {
            assertThatExceptionOfType(ImageException.class)
                    .isThrownBy(() -> ImageSource.of(deep).decode(Orientation.APPLY_EXIF))
                    .withMessageContaining("it has 3 dimensions, not 2");
            assertThatExceptionOfType(ImageException.class)
                    .isThrownBy(() -> ImageSource.of(empty).decode(Orientation.APPLY_EXIF))
                    .withMessageContaining("it is empty");
        }
        Mat closed = new Mat(1, 1, CV_8UC3);
        closed.close();
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(closed).decode(Orientation.APPLY_EXIF))
                .withMessageContaining("it is closed");
    }

    @Test
    void manyThreadsDecodeTheSameImageWithoutKeepingNativeMemory() {
        ImageSource source = ImageSource.of(Golden.bytes("exif_rot6.jpg"), "photo");
        RgbImage expected = source.decode(Orientation.APPLY_EXIF);
        decodeInParallel(source, expected, 200);
        long before = Pointer.physicalBytes();
        long trackedBefore = Pointer.totalBytes();
        decodeInParallel(source, expected, 3000); // 190 kB each: 570 MB if kept
        assertThat(Pointer.totalBytes() - trackedBefore).isLessThan(1 << 20);
        assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
    }

    private static void decodeInParallel(ImageSource source, RgbImage expected, int times) {
        IntStream.range(0, times).parallel().forEach(i -> assertThat(
                        source.decode(Orientation.APPLY_EXIF).pixels())
                .isEqualTo(expected.pixels()));
    }
}
