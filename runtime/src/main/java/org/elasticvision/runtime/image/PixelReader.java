package org.elasticvision.runtime.image;

/** Decodes a file whose frame was found whole, all of its pixels. Safe for use by any number of threads. */
@FunctionalInterface
interface PixelReader {
    /**
     * Makes the pixels.
     *
     * @param turn how the stored pixels are turned
     */
    RgbImage read(EncodedImage image, ExifOrientation turn) throws DamagedImage;
}
