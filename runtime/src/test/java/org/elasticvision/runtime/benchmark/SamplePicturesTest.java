package org.elasticvision.runtime.benchmark;

import java.util.List;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SamplePicturesTest {
    @Test
    void areJpegsOfAPhotosSizeAndAlwaysTheSame() {
        List<ImageSource> pictures = SamplePictures.jpegs(2);
        RgbImage first = pictures.get(0).decode(Orientation.APPLY_EXIF);
        assertThat(first).hasToString("RgbImage 500x375");
        assertThat(pictures.get(0).content()).hasSizeBetween(20_000, 100_000);
        assertThat(pictures.get(0).content())
                .isEqualTo(SamplePictures.jpegs(1).get(0).content());
        assertThat(pictures.get(0).content()).isNotEqualTo(pictures.get(1).content());
        assertThat(meanDifference(first, SamplePictures.picture(0))).isLessThan(10);
    }

    private static double meanDifference(RgbImage one, RgbImage other) {
        long sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
        }
        return (double) sum / one.pixels().length;
    }
}
