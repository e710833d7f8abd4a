package org.elasticvision.train.data.transform;

import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.train.data.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PixelsTest {
    private final RgbImage image = Pictures.picture(7, 5);

    @Test
    void aCropHasThosePixels() {
        RgbImage part = Pixels.crop(image, new CropBox(2, 1, 4, 3));
        assertThat(part).hasToString("RgbImage 4x3");
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 4; x++) {
                assertThat(pixel(part, x, y)).isEqualTo(pixel(image, x + 2, y + 1));
            }
        }
        assertThat(Pixels.crop(image, new CropBox(0, 0, 7, 5))).isSameAs(image);
    }

    @Test
    void aMirrorTurnsEveryRow() {
        RgbImage mirrored = Pixels.mirror(image);
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                assertThat(pixel(mirrored, x, y)).isEqualTo(pixel(image, 6 - x, y));
            }
        }
        assertThat(Pixels.mirror(mirrored).pixels()).isEqualTo(image.pixels());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 1", "-2, 1", "2, -1", "-6, -4", "7, 0", "0, -5", "9, 9"})
    void aShiftBringsInBlack(int right, int down) {
        RgbImage shifted = Pixels.shift(image, right, down);
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                boolean inside = x - right >= 0 && x - right < 7 && y - down >= 0 && y - down < 5;
                assertThat(pixel(shifted, x, y)).isEqualTo(inside ? pixel(image, x - right, y - down) : 0);
            }
        }
    }

    private static int pixel(RgbImage image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        byte[] pixels = image.pixels();
        return (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF);
    }
}
