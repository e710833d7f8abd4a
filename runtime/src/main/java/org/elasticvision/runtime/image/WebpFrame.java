package org.elasticvision.runtime.image;

/** A WebP's header: lossy, lossless and extended form (RFC 9649). */
final class WebpFrame {
    private static final String FORMAT = "WebP";

    private WebpFrame() {}

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        ImageBytes bytes = new ImageBytes(FORMAT, encoded);
        long length = bytes.littleEndian32(4) + 8;
        if (length > bytes.length()) {
            throw DamagedImage.cutOff(FORMAT, "it has " + bytes.length() + " of " + length + " bytes");
        }
        long width;
        long height;
        if (bytes.hasAt(12, "VP8X")) {
            width = 1L + bytes.littleEndian24(24);
            height = 1L + bytes.littleEndian24(27);
        } else if (bytes.hasAt(12, "VP8L")) {
            long sizes = bytes.littleEndian32(21);
            width = 1 + (sizes & 0x3FFF);
            height = 1 + (sizes >> 14 & 0x3FFF);
        } else {
            width = bytes.littleEndian16(26) & 0x3FFF;
            height = bytes.littleEndian16(28) & 0x3FFF;
        }
        limit.check(width, height);
        return new EncodedImage(bytes, width, height);
    }
}
