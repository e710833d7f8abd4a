package org.elasticvision.runtime.image.codec;

import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * An encoded image whose frame was found whole, with the size that it claims: what can be known without decoding, so
 * before memory is taken for pixels.
 *
 * @param bytes what the decoder gets
 * @param width width of the stored pixels, of which {@code bytes} may hold fewer
 * @param height height of the stored pixels
 * @param reader makes the pixels
 * @param scalable whether OpenCV can leave detail out, and so be faster
 * @param exif how the stored pixels are turned upright
 */
public record EncodedImage(
        ImageBytes bytes, long width, long height, PixelReader reader, boolean scalable, ExifOrientation exif) {
    /** What {@link ImageBytes#format} of a JPEG says. */
    public static final String JPEG = "JPEG";

    /** An image that says nothing of its orientation and can only be decoded whole. */
    public EncodedImage(ImageBytes bytes, long width, long height, PixelReader reader) {
        this(bytes, width, height, reader, false, ExifOrientation.UPRIGHT);
    }

    /** Decodes all pixels. */
    public RgbImage decode(ExifOrientation turn) throws DamagedImage {
        return reader.read(this, turn);
    }
}
