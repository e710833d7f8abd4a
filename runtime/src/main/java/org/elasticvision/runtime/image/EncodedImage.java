package org.elasticvision.runtime.image;

import org.elasticvision.runtime.base.ImageException;

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
record EncodedImage(
        ImageBytes bytes, long width, long height, PixelReader reader, boolean scalable, ExifOrientation exif) {
    static final String JPEG = "\u00FF\u00D8\u00FF";

    /** An image that says nothing of its orientation and can only be decoded whole. */
    EncodedImage(ImageBytes bytes, long width, long height, PixelReader reader) {
        this(bytes, width, height, reader, false, ExifOrientation.UPRIGHT);
    }

    /**
     * Looks at the frame of an image.
     *
     * @throws DamagedImage if this is not an image of a supported format, or is cut off
     * @throws ImageException if it is too large
     */
    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        ImageBytes bytes = new ImageBytes("image", encoded);
        if (encoded.length == 0) {
            throw new DamagedImage("the file is empty; copy or download it again");
        }
        if (bytes.hasAt(0, JPEG)) {
            return JpegFrame.inspect(encoded, limit);
        }
        if (bytes.hasAt(0, PngFrame.SIGNATURE)) {
            return PngFrame.inspect(encoded, limit);
        }
        if (BmpFrame.begins(bytes)) {
            return BmpFrame.inspect(encoded, limit);
        }
        if (bytes.hasAt(0, "RIFF") && bytes.hasAt(8, "WEBP")) {
            return WebpFrame.inspect(encoded, limit);
        }
        if (TiffFrame.begins(bytes)) {
            return TiffFrame.inspect(encoded, limit);
        }
        if (PnmFrame.begins(bytes)) {
            return PnmFrame.inspect(encoded, limit);
        }
        throw OtherKinds.refusal(bytes);
    }

    /** Decodes all pixels. */
    RgbImage decode(Orientation orientation) throws DamagedImage {
        return reader.read(this, turn(orientation));
    }

    ExifOrientation turn(Orientation orientation) {
        return switch (orientation) {
            case APPLY_EXIF -> exif;
            case IGNORE_EXIF -> ExifOrientation.UPRIGHT;
        };
    }
}
