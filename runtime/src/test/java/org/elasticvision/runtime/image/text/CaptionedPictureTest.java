package org.elasticvision.runtime.image.text;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class CaptionedPictureTest {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 50;

    static Stream<Letters> letters() {
        Stream<Letters> always = Stream.of(new StrokeLetters());
        return Fonts.available() ? Stream.concat(always, Stream.of(new FontLetters())) : always;
    }

    @ParameterizedTest
    @MethodSource("letters")
    void thePictureStaysAndTheTextIsBelowIt(Letters letters) {
        RgbImage picture = plain(WIDTH, HEIGHT, 90);
        RgbImage captioned =
                CaptionedPicture.of(picture, List.of(line("97.1 %", "cat"), line("2.9 %", "dog")), letters);
        assertThat(captioned.width()).isEqualTo(WIDTH);
        assertThat(captioned.height()).isEqualTo(HEIGHT + 2 * Letters.line(12) + 12);
        assertThat(Arrays.copyOf(captioned.pixels(), picture.pixels().length)).isEqualTo(picture.pixels());
        assertThat(inked(captioned, 6, WIDTH / 2)).isPositive();
        assertThat(inked(captioned, WIDTH / 2, WIDTH))
                .as("beside the short names")
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("letters")
    void aNameWiderThanThePictureIsShortened(Letters letters) {
        String name = "a very long name of a class ".repeat(9);
        String shown = letters.shortened(name, 12, 150);
        assertThat(shown).endsWith("…");
        assertThat(name).startsWith(shown.replace("…", ""));
        assertThat(letters.width(shown, 12)).isBetween(100, 150);
        assertThat(letters.shortened("cat", 12, 150)).isEqualTo("cat");
        assertThat(letters.shortened(name, 12, 2)).isEmpty();
        RgbImage captioned = CaptionedPicture.of(plain(WIDTH, HEIGHT, 0), List.of(line("1.0 %", name)), letters);
        assertThat(captioned.width()).isEqualTo(WIDTH);
        assertThat(inked(captioned, WIDTH - 5, WIDTH)).as("the margin").isZero();
    }

    @Test
    void aFrameKeepsItsSizeAndShinesThrough() {
        RgbImage frame = plain(320, HEIGHT, 90);
        RgbImage drawn =
                CaptionedPicture.over(frame, List.of(line("97.1 %", "cat"), line("2.9 %", "dog"), line("0", "x")));
        assertThat(drawn).hasToString("RgbImage 320x50");
        assertThat(frame.pixels()).as("not changed").containsOnly((byte) 90);
        assertThat(drawn.pixels()[0] & 0xFF).as("the corner").isBetween(200, 230);
        assertThat(drawn.pixels()[3 * 239] & 0xFF).as("its last column").isBetween(200, 230);
        assertThat(drawn.pixels()[3 * 240]).as("beside it").isEqualTo((byte) 90);
        int below = 2 * Letters.line(12) + 12;
        assertThat(drawn.pixels()[3 * 320 * (below - 1)] & 0xFF).isBetween(200, 230);
        assertThat(drawn.pixels()[3 * 320 * below])
                .as("below two lines; a third does not fit")
                .isEqualTo((byte) 90);
        assertThat(drawn.pixels()).as("ink").contains((byte) 0x1B);
        assertThat(CaptionedPicture.over(plain(3, 4, 0), List.of(line("1", "cat"))))
                .hasToString("RgbImage 3x4");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void aNarrowPictureStandsBesideWhite(Letters letters) {
        RgbImage captioned = CaptionedPicture.of(plain(3, 4, 0), List.of(line("", "cat")), letters);
        assertThat(captioned.width()).isEqualTo(160);
        assertThat(captioned.pixels()[9]).isEqualTo((byte) 0xFF);
    }

    @Test
    void aColourHasItsSquare() {
        CaptionLine legend = new CaptionLine(OptionalInt.of(0x800000), "", "cat");
        RgbImage captioned = CaptionedPicture.of(plain(WIDTH, HEIGHT, 0), List.of(legend), new StrokeLetters());
        int at = 3 * ((HEIGHT + 6 + Letters.line(12) / 2) * WIDTH + 6 + 6);
        assertThat(Arrays.copyOfRange(captioned.pixels(), at, at + 3)).containsExactly((byte) 0x80, 0, 0);
    }

    @Test
    void strokesAreAsciiOnly() {
        assertThat(StrokeLetters.ascii("Bär, çedille, 猫 …")).isEqualTo("Bar, cedille, ? ...");
    }

    private static CaptionLine line(String figure, String text) {
        return new CaptionLine(OptionalInt.empty(), figure, text);
    }

    private static RgbImage plain(int width, int height, int level) {
        byte[] pixels = new byte[3 * width * height];
        Arrays.fill(pixels, (byte) level);
        return new RgbImage(width, height, pixels);
    }

    /** How many pixels of these columns, below the picture, are not white. */
    private static int inked(RgbImage image, int left, int right) {
        int count = 0;
        for (int y = HEIGHT; y < image.height(); y++) {
            for (int x = left; x < right; x++) {
                count += image.pixels()[3 * (y * image.width() + x)] == (byte) 0xFF ? 0 : 1;
            }
        }
        return count;
    }
}
