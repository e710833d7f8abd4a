package org.elasticvision.runtime.image;

import java.util.SplittableRandom;
import org.elasticvision.runtime.benchmark.SamplePictures;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;

/** Pictures of no thing, of the size that is wanted. */
public final class BenchmarkPictures {
    /** So that a photo of 4000x3000 has 2 MB as JPEG of quality 90, about as phones make them. */
    private static final int GRAIN = 8;

    private BenchmarkPictures() {}

    /** A picture of a size such as {@code 500x375}. */
    public static RgbImage picture(String size) {
        int x = size.indexOf('x');
        return picture(Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)));
    }

    private static RgbImage picture(int width, int height) {
        RgbImage sample = SamplePictures.jpegs(1).get(0).decode(Orientation.IGNORE_EXIF);
        RgbImage enlarged = Resampler.resize(sample, width, height, Interpolation.BICUBIC);
        if (enlarged == sample) {
            return sample;
        }
        byte[] pixels = enlarged.pixels();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pixels.length; i++) {
            int level = (pixels[i] & 0xFF) + random.nextInt(-GRAIN, GRAIN + 1);
            pixels[i] = (byte) Math.max(0, Math.min(255, level));
        }
        return enlarged;
    }
}
