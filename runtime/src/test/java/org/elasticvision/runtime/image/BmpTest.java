package org.elasticvision.runtime.image;

import org.elasticvision.runtime.base.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.elasticvision.runtime.image.BmpFiles.BIT_FIELDS;
import static org.elasticvision.runtime.image.BmpFiles.bmp;

/** Headers of all kinds before the same few pixels. */
class BmpTest {
    /** Two colours of four bytes: red, and a blue. */
    private static final String PALETTE = "0000FF00 C8640A00";

    private static byte[] decode(byte[] bmp) {
        return ImageSource.of(bmp, "x.bmp").decode(Orientation.APPLY_EXIF).pixels();
    }

    private static byte[] rgb(int... levels) {
        byte[] rgb = new byte[levels.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) levels[i];
        }
        return rgb;
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 52, 56, 108, 124})
    void bitFieldsOf32BitsLieBehindAShortHeaderOrInALongOne(int headerSize) {
        String fields = "000000FF 0000FF00 00FF0000"; // red on top
        assertThat(decode(bmp(headerSize, 2, 1, 32, BIT_FIELDS, fields, "00302010 00605040", -1)))
                .isEqualTo(rgb(0x10, 0x20, 0x30, 0x40, 0x50, 0x60));
        String usual = "0000FF00 00FF0000 FF000000";
        assertThat(decode(bmp(headerSize, 2, 1, 32, BIT_FIELDS, usual, "30201000 60504000", -1)))
                .isEqualTo(rgb(0x10, 0x20, 0x30, 0x40, 0x50, 0x60));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 52, 56, 108, 124})
    void sixteenBitsAreScaledToWhite(int headerSize) {
        String fields565 = "00F80000 E0070000 1F000000";
        assertThat(decode(bmp(headerSize, 2, 1, 16, BIT_FIELDS, fields565, "FFFF 2184", -1)))
                .isEqualTo(rgb(255, 255, 255, 16 * 255 / 31, 33 * 255 / 63, 255 / 31));
        String fields555 = "007C0000 E0030000 1F000000";
        assertThat(decode(bmp(headerSize, 2, 1, 16, BIT_FIELDS, fields555, "FF7F 4108", -1)))
                .isEqualTo(rgb(255, 255, 255, 2 * 255 / 31, 2 * 255 / 31, 255 / 31));
        assertThat(decode(bmp(headerSize, 2, 1, 16, 0, "", "FF7F 4108", -1)))
                .isEqualTo(rgb(255, 255, 255, 2 * 255 / 31, 2 * 255 / 31, 255 / 31));
    }

    @ParameterizedTest
    @CsvSource({
        "40, -1",
        "40, 0",
        "40, 54",
        "40, 20",
        "52, 0",
        "56, 69",
        "64, 0",
        "64, -1",
        "108, -1",
        "124, 0",
        "124, 138"
    })
    void thePixelsLieBehindThePaletteWhateverTheFileSays(int headerSize, int offset) {
        assertThat(decode(bmp(headerSize, 3, -1, 8, 0, PALETTE, "00010100", offset)))
                .isEqualTo(rgb(255, 0, 0, 10, 100, 200, 10, 100, 200));
    }

    @Test
    void coloursThatAreMissingAreBlack() {
        assertThat(decode(bmp(40, 4, 1, 4, 0, PALETTE, "01510000", -1)))
                .isEqualTo(rgb(255, 0, 0, 10, 100, 200, 0, 0, 0, 10, 100, 200));
    }

    @Test
    void runsOfEightBits() {
        // three of colour 1; one of colour 0, and the end of the row; two as they are, one to skip, the end
        String runs = "0301 0100 0000  0003 010001 00 0101 0001";
        assertThat(decode(bmp(40, 4, 2, 8, 1, PALETTE, runs, -1)))
                .isEqualTo(rgb(
                        10, 100, 200, 255, 0, 0, 10, 100, 200, 10, 100, 200, // the upper row comes last
                        10, 100, 200, 10, 100, 200, 10, 100, 200, 255, 0, 0));
    }

    /** An odd number of pixels as they are, of which Pillow 12 loses the last. */
    @Test
    void runsOfFourBits() {
        String runs = "0410 0000  0003 1010 0110 0001";
        assertThat(decode(bmp(40, 4, 2, 4, 2, PALETTE, runs, -1)))
                .isEqualTo(rgb(
                        10, 100, 200, 255, 0, 0, 10, 100, 200, 10, 100, 200, 10, 100, 200, 255, 0, 0, 10, 100, 200, 255,
                        0, 0));
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "4, 2"})
    void runsOfAnAbsurdSizeAreRefusedBeforeMemoryIsTaken(int bits, int compression) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> decode(bmp(40, 13000, 13000, bits, compression, PALETTE, "FF00 0001", -1)))
                .withMessageStartingWith("x.bmp: the BMP is cut off (");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "24 | 4 | that wraps a JPEG",
                "24 | 5 | that wraps a PNG",
                "2 | 0 | of 2 bits a pixel and compression 0",
                "24 | 77 | of compression 77",
                "16 | 1 | of 16 bits a pixel and compression 1",
            })
    void whatIsOddIsNamedAndNotCalledDamaged(int bits, int compression, String kind) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> decode(bmp(40, 2, 1, bits, compression, "", "0000000000000000", -1)))
                .withMessage(
                        "x.bmp: is a BMP " + kind + ", which is not read here; save it as PNG or as an ordinary JPEG");
    }

    @Test
    void fieldsThatMeanNothingAreRefused() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() ->
                        decode(bmp(40, 2, 1, 32, BIT_FIELDS, "0000FF00 00000000 FF000000", "0000000000000000", -1)))
                .withMessageContaining("bit fields of no use: 00000000");
    }
}
