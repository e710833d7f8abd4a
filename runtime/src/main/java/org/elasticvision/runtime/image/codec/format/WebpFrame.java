package org.elasticvision.runtime.image.codec.format;

import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.EncodedImage;
import org.elasticvision.runtime.image.codec.ExifOrientation;
import org.elasticvision.runtime.image.codec.ImageBytes;
import org.elasticvision.runtime.image.codec.OpenCvDecoder;
import org.elasticvision.runtime.image.codec.OrientationNotes;
import org.elasticvision.runtime.image.codec.SizeLimit;

/** A WebP's header: lossy, lossless and extended form (RFC 9649). */
final class WebpFrame {
    private static final String FORMAT = "WebP";
    private static final int HAS_EXIF = 8;
    private static final int HAS_XMP = 4;

    private WebpFrame() {}

    static boolean begins(ImageBytes bytes) {
        return bytes.hasAt(0, "RIFF") && bytes.hasAt(8, "WEBP");
    }

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        ImageBytes bytes = new ImageBytes(FORMAT, encoded);
        long length = bytes.littleEndian32(4) + 8;
        if (length > bytes.length()) {
            throw DamagedImage.cutOff(FORMAT, "it has " + bytes.length() + " of " + length + " bytes");
        }
        long width;
        long height;
        ExifOrientation exif = ExifOrientation.UPRIGHT;
        if (bytes.hasAt(12, "VP8X")) {
            width = 1L + bytes.littleEndian24(24);
            height = 1L + bytes.littleEndian24(27);
            exif = orientation(bytes, length);
        } else if (bytes.hasAt(12, "VP8L")) {
            long sizes = bytes.littleEndian32(21);
            width = 1 + (sizes & 0x3FFF);
            height = 1 + (sizes >> 14 & 0x3FFF);
        } else {
            width = bytes.littleEndian16(26) & 0x3FFF;
            height = bytes.littleEndian16(28) & 0x3FFF;
        }
        limit.check(width, height);
        return new EncodedImage(bytes, width, height, OpenCvDecoder::decode, false, exif);
    }

    /** Parts that the header does not announce do not count, for libwebp either. */
    private static ExifOrientation orientation(ImageBytes bytes, long end) throws DamagedImage {
        OrientationNotes notes = new OrientationNotes();
        int announced = bytes.u8(20);
        for (long at = 12; at + 8 <= end; ) {
            long length = bytes.littleEndian32(at + 4);
            if ((announced & HAS_EXIF) != 0 && bytes.hasAt(at, "EXIF")) {
                notes.exif(bytes, at + 8);
            } else if ((announced & HAS_XMP) != 0 && bytes.hasAt(at, "XMP ")) {
                notes.xmp(bytes, at + 8, length);
            }
            at += 8 + length + (length & 1);
        }
        return notes.orientation();
    }
}
