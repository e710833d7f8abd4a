package org.elasticvision.runtime.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Small pictures of many kinds, with what Pillow 12.3 makes of them; make_kinds.py beside them wrote both. */
class ImageKindsTest {
    private static final Path KINDS = Golden.FOLDER.resolve("kinds");

    static List<String> kinds() throws IOException {
        try (Stream<Path> files = Files.list(KINDS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> Files.exists(KINDS.resolve(name + ".png")))
                    .sorted()
                    .toList();
        }
    }

    private static RgbImage decode(String name, Orientation orientation) {
        return ImageSource.of(KINDS.resolve(name)).decode(orientation);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void decodesAsPillowAndTurnsAsItsExifTranspose(String name) {
        boolean exact = !name.endsWith(".jpg") || name.equals("cmyk.jpg") || name.equals("ycck.jpg");
        Golden.assertSame(
                decode(name, Orientation.APPLY_EXIF), decode(name + ".png", Orientation.IGNORE_EXIF), exact ? 0 : 1);
    }

    @Test
    void allKindsAreThere() throws IOException {
        assertThat(kinds()).hasSize(34);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exif_long.jpg", "exif_prefix.png", "exif_prefix.webp", "xmp.jpg", "xmp.webp"})
    void theOrientationIsLeftWhereThatIsAsked(String name) {
        assertThat(decode(name, Orientation.IGNORE_EXIF)).hasToString("RgbImage 12x9");
        assertThat(decode(name, Orientation.APPLY_EXIF)).hasToString("RgbImage 9x12");
    }

    /** Pillow too turns them while it loads them: the tag is part of the format. */
    @Test
    void aTiffIsTurnedWhateverIsAsked() {
        Golden.assertSame(
                decode("turned.tif", Orientation.IGNORE_EXIF), decode("turned.tif", Orientation.APPLY_EXIF), 0);
        assertThat(decode("turned.tif", Orientation.IGNORE_EXIF)).hasToString("RgbImage 26x35");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12_bits.jpg | a JPEG of 12 bits a level",
                "lossless_16_bits.jpg | a JPEG of 16 bits a level",
                "jpeg_ls.jpg | a JPEG-LS",
                "lzma.tif | a TIFF of compression LZMA",
                "floats.tif | a TIFF of signed or floating-point levels (none of them is known to be white)"
            })
    void whatIsWholeButNotReadIsCalledSo(String name, String kind) {
        Path file = KINDS.resolve(name);
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(file).decode(Orientation.IGNORE_EXIF))
                .withMessage(file + ": is " + kind + ", which is not read here; save it as PNG or as an ordinary JPEG");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GIF89a | a GIF",
                "8BPS~ | a Photoshop document (PSD)",
                "~~~ ftypavif~~~~ | an AVIF",
                "~~~ ftypheic~~~~ | a HEIC",
                "~~~ ftypmif1~~~~ | a HEIC",
                "~~~!jP  $^\u0087^ | a JPEG 2000",
                "~~~!JXL $^\u0087^ | a JPEG XL",
                "\u00FF^~ | a JPEG XL",
                "II+~ | a BigTIFF",
                "%PDF-1.4 | a PDF",
                "<svg xmlns=''> | an SVG",
                "<?xml version='1.0'?><?note?> <svg> | an SVG",
                "P7^WIDTH 3 | a PAM",
                "Pf^3 2 | a PFM of floating-point levels",
            })
    void otherKindsAreNamed(String start, String kind) {
        byte[] bytes = start.replace('~', '\0')
                .replace('^', '\n')
                .replace('$', '\r')
                .replace('!', '\f')
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(bytes, "x").decode(Orientation.IGNORE_EXIF))
                .withMessage("x: is " + kind + ", which is not read here; save it as PNG or as an ordinary JPEG");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xxxxftypisom0000 | is a video, not an image; 'elastic predict' takes videos, as files with a video's ending"
                        + " such as .mp4, and all else takes frames saved as PNG or JPEG",
                "RIFF0000AVI LIST | is a video, not an image; 'elastic predict' takes videos, as files with a video's ending"
                        + " such as .mp4, and all else takes frames saved as PNG or JPEG",
                "<!DOCTYPE html><p>404 | is a web page and not an image, so copy or download the image itself",
                "version https://git-lfs.github.com/spec/v1 | is a Git LFS pointer and not the image, which 'git lfs pull'"
                        + " brings; then give it again",
            })
    void whatCameInPlaceOfAnImageIsNamed(String text, String message) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> ImageSource.of(bytes, "x").decode(Orientation.IGNORE_EXIF))
                .withMessage("x: " + message);
    }
}
