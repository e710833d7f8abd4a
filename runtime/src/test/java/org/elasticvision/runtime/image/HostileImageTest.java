package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.base.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HostileImageTest {
    @TempDir
    Path folder;

    static Set<String> hostile() {
        return HostileImages.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefusedInOneLineThatNamesItBeforeMemoryIsTaken(String what) {
        byte[] encoded = HostileImages.all().get(what);
        long before = Pointer.physicalBytes();
        ImageException refusal = catchThrowableOfType(ImageException.class, () -> ImageSource.of(encoded, "upload.bin")
                .decode(Orientation.APPLY_EXIF));
        assertThat(refusal)
                .as(what)
                .isNotNull()
                .message()
                .startsWith("upload.bin: ")
                .matches(".*[;,] (so |then )?(copy|make|give|save)[^\n]*")
                .hasLineCount(1);
        assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PNG 60000 | x.png: says it is 60000x60000 pixels; at most 178956970 pixels and 1048576 a side are allowed,"
                        + " so make it smaller first",
                "JPEG of no height | x.png: says it is 500x0 pixels, so it is damaged; copy or download it again",
                "PNG 13000 | x.png: the PNG is cut off (5 bytes for 13000x13000 pixels); copy or download it again",
                "photo_420_500x333.jpg cut at 100 | x.png: the JPEG is cut off (no end marker); copy or download it"
                        + " again",
                "PNG with a flipped bit | x.png: the PNG is damaged (wrong checksum in its part IDAT); copy or"
                        + " download it again",
                "text | x.png: this is not an image that can be read; give a JPEG, PNG, BMP, WebP, TIFF or PNM",
                "GIF | x.png: is a GIF, which is not read here; save it as PNG or as an ordinary JPEG"
            })
    void saysWhatIsWrongAndWhatToDo(String what, String message) {
        ImageSource source = ImageSource.of(HostileImages.all().get(what), "x.png");
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> source.decode(Orientation.IGNORE_EXIF))
                .withMessage(message);
    }

    @Test
    void theLimitIsTheCallers() {
        ImageSource source = ImageSource.of(Golden.file("small_60x45.png"));
        assertThat(source.decode(Orientation.IGNORE_EXIF, 2700)).hasToString("RgbImage 60x45");
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> source.decode(Orientation.IGNORE_EXIF, 2699))
                .withMessageContaining("says it is 60x45 pixels; at most 2699 pixels");
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        Path missing = folder.resolve("none.jpg");
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(missing).decode(Orientation.IGNORE_EXIF))
                .withMessage(missing + " does not exist; check the path of the image");
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(folder).decode(Orientation.IGNORE_EXIF))
                .withMessage(folder + ": is not a file but a folder or device; give an image file");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(empty).decode(Orientation.IGNORE_EXIF))
                .withMessage(empty + ": the file is empty; copy or download it again");
    }

    /** In a process of its own, as native libraries write past System.err. */
    @Test
    void isRefusedWithoutAWordOnStandardError() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Refusals.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(output).hasContent("");
        assertThat(exit).isZero();
    }

    /** Decodes every hostile image, and one that is none, so that OpenCV was there. */
    static final class Refusals {
        private Refusals() {}

        public static void main(String[] arguments) {
            Golden.image("exif_rot6.jpg");
            HostileImages.all().forEach((what, encoded) -> {
                ImageSource source = ImageSource.of(encoded, what);
                assertThatExceptionOfType(ImageException.class)
                        .isThrownBy(() -> source.decode(Orientation.IGNORE_EXIF));
            });
        }
    }

    /** Damage inside an image may give pixels, as it does with Pillow, but nothing worse than a refusal. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exif_rot6.jpg",
                "photo_444_prog.jpg",
                "cmyk.jpg",
                "small_60x45.png",
                "photo.bmp",
                "webp",
                "kinds/cmyk.jpg",
                "kinds/rgb_tiff_lzw.tif",
                "kinds/rgb_jpeg.tif",
                "kinds/palette.tif",
                "kinds/bilevel_g4.tif",
                "kinds/plain_grey.pgm",
                "kinds/colour.ppm"
            })
    void damageNeverDoesMoreThanRefuse(String name) {
        byte[] whole = name.equals("webp") ? WebpImages.lossy(Golden.image("small_60x45.png")) : Golden.bytes(name);
        Random random = new Random(name.hashCode());
        int decoded = 0;
        for (int round = 0; round < 150; round++) {
            byte[] damaged = whole.clone();
            int reach = random.nextBoolean() ? whole.length : Math.min(whole.length, 200);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
            }
            if (name.endsWith(".png")) {
                HostileImages.mendChecksums(damaged);
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            try {
                ImageSource.of(damaged, name).decode(Orientation.APPLY_EXIF);
                decoded++;
            } catch (ImageException refusal) {
                assertThat(refusal).message().startsWith(name + ": ").hasLineCount(1);
            }
        }
        assertThat(decoded).isLessThan(150);
    }
}
