package org.elasticvision.runtime.image;

import java.util.function.Supplier;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Pixels as they are, or will be. */
record RgbSource(Supplier<RgbImage> pixels, String name) implements ImageSource {
    @Override
    public RgbImage decode(Orientation orientation, long maxPixels) {
        RgbImage image = pixels.get();
        new SizeLimit(name, maxPixels).check(image.width(), image.height());
        return image;
    }
}
