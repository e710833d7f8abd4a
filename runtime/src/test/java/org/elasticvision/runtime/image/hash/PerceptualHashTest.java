package org.elasticvision.runtime.image.hash;

import java.util.Arrays;
import java.util.Random;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.codec.JpegFiles;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PerceptualHashTest {
    private static RgbImage picture(int width, int height, int seed) {
        byte[] blocks = new byte[3 * 25];
        new Random(seed).nextBytes(blocks);
        return Resampler.resize(new RgbImage(5, 5, blocks), width, height, Interpolation.BILINEAR);
    }

    private static long hash(RgbImage picture) {
        return PerceptualHash.of(PerceptualHash.reduced(picture)).orElseThrow();
    }

    @Test
    void copiesInAnotherSizeAndQualityAreNear() {
        RgbImage picture = picture(200, 150, 1);
        byte[] jpeg = JpegFiles.encode(Resampler.resize(picture, 120, 90, Interpolation.BILINEAR), 50);
        RgbImage copy = ImageSource.of(jpeg, "copy").decode(Orientation.IGNORE_EXIF);
        assertThat(PerceptualHash.distance(hash(picture), hash(copy))).isLessThanOrEqualTo(4);
        assertThat(PerceptualHash.difference(PerceptualHash.reduced(picture), PerceptualHash.reduced(copy)))
                .isLessThan(3);
    }

    @Test
    void otherPicturesAreFar() {
        long one = hash(picture(200, 150, 1));
        for (int seed = 2; seed < 40; seed++) {
            assertThat(PerceptualHash.distance(one, hash(picture(200, 150, seed))))
                    .isGreaterThan(8);
        }
    }

    @Test
    void aFlatPictureHasNone() {
        byte[] grey = new byte[3 * 64 * 64];
        Arrays.fill(grey, (byte) 127);
        assertThat(PerceptualHash.of(PerceptualHash.reduced(new RgbImage(64, 64, grey))))
                .isEmpty();
    }
}
