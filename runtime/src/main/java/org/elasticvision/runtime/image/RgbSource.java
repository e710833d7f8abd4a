package org.elasticvision.runtime.image;

/** Pixels as they are. */
record RgbSource(RgbImage image, String name) implements ImageSource {
    @Override
    public RgbImage decode(Orientation orientation, long maxPixels) {
        new SizeLimit(name, maxPixels).check(image.width(), image.height());
        return image;
    }
}
