package org.elasticvision.runtime.image.codec;

import org.elasticvision.runtime.image.pixels.RgbImage;

/** Decodes a file whose frame was found whole, all of its pixels. Safe for use by any number of threads. */
@FunctionalInterface
public interface PixelReader {
    /**
     * Makes the pixels.
     *
     * @param turn how the stored pixels are turned
     */
    RgbImage read(EncodedImage image, ExifOrientation turn) throws DamagedImage;
}
