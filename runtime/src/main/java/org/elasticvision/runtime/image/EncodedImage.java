package org.elasticvision.runtime.image;

import org.elasticvision.runtime.ImageException;

/**
 * An encoded image whose frame was found whole, with the size that it claims: what can be known without decoding, so
 * before memory is taken for pixels.
 *
 * @param bytes what the decoder gets
 * @param width width of the stored pixels, of which {@code bytes} may hold fewer
 * @param height height of the stored pixels
 * @param scalable whether the decoder can leave detail out, and so be faster
 * @param exif how the stored pixels are turned upright; looked at only in what is scalable
 */
record EncodedImage(ImageBytes bytes, long width, long height, boolean scalable, ExifOrientation exif) {
    static final String JPEG = "\u00FF\u00D8\u00FF";

    /** An image that can only be decoded whole. */
    EncodedImage(ImageBytes bytes, long width, long height) {
        this(bytes, width, height, false, ExifOrientation.UPRIGHT);
    }

    /**
     * Looks at the frame of an image.
     *
     * @throws DamagedImage if this is no image of a supported format, or not a whole one
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
        if (bytes.hasAt(0, "BM")) {
            return BmpFrame.inspect(encoded, limit);
        }
        if (bytes.hasAt(0, "RIFF") && bytes.hasAt(8, "WEBP")) {
            return WebpFrame.inspect(encoded, limit);
        }
        throw new DamagedImage(kind(bytes) + " is not an image that can be read; give a JPEG, PNG, BMP or WebP");
    }

    private static String kind(ImageBytes bytes) {
        if (bytes.hasAt(0, "GIF8")) {
            return "a GIF";
        }
        if (bytes.hasAt(0, "II*\0") || bytes.hasAt(0, "MM\0*")) {
            return "a TIFF";
        }
        return bytes.hasAt(4, "ftyp") ? "an HEIF, AVIF or video file" : "this";
    }
}
