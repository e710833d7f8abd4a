package org.elasticvision.runtime.image.codec;

import org.elasticvision.runtime.image.Golden;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JpegFilesTest {
    @Test
    void whatIsWrittenReadsNearlyTheSame() {
        byte[] pixels = new byte[3 * 64 * 48];
        for (int i = 0; i < pixels.length; i += 3) { // the left half red, the right half blue
            boolean left = i / 3 % 64 < 32;
            pixels[i] = (byte) (left ? 200 : 20);
            pixels[i + 1] = 40;
            pixels[i + 2] = (byte) (left ? 10 : 220);
        }
        RgbImage image = new RgbImage(64, 48, pixels);
        RgbImage again = ImageSource.of(JpegFiles.encode(image, 95), "again").decode(Orientation.APPLY_EXIF);
        assertThat(again).hasToString("RgbImage 64x48");
        long sum = 0; // colours at half the resolution blur the edge, and nothing else
        for (int i = 0; i < pixels.length; i++) {
            sum += Math.abs((again.pixels()[i] & 0xFF) - (pixels[i] & 0xFF));
        }
        assertThat((double) sum / pixels.length).isLessThan(3);
    }

    @Test
    void lessQualityIsLessToStore() {
        RgbImage image = Golden.image("landscape_500x375.png");
        assertThat(JpegFiles.encode(image, 20)).hasSizeLessThan(JpegFiles.encode(image, 90).length / 2);
    }
}
