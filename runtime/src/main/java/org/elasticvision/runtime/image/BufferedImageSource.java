package org.elasticvision.runtime.image;

import java.awt.image.BufferedImage;
import org.elasticvision.runtime.image.codec.SizeLimit;
import org.elasticvision.runtime.image.pixels.JavaPixels;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** Java's own picture. */
record BufferedImageSource(BufferedImage image) implements ImageSource {
    @Override
    public String name() {
        return "BufferedImage " + image.getWidth() + "x" + image.getHeight();
    }

    @Override
    public RgbImage decode(Orientation orientation, long maxPixels) {
        new SizeLimit(name(), maxPixels).check(image.getWidth(), image.getHeight());
        return JavaPixels.of(image);
    }
}
