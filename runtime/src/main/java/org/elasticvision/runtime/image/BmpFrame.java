package org.elasticvision.runtime.image;

/** A BMP's header: Windows' and OS/2's forms. */
final class BmpFrame {
    private static final String FORMAT = "BMP";
    private static final int OS2_HEADER = 12;
    private static final int RUN_LENGTH_8 = 1;
    private static final int RUN_LENGTH_4 = 2;
    private static final int BIT_FIELDS = 3;

    private BmpFrame() {}

    static EncodedImage inspect(byte[] encoded, SizeLimit limit) throws DamagedImage {
        ImageBytes bytes = new ImageBytes(FORMAT, encoded);
        long dataAt = bytes.littleEndian32(10);
        long headerSize = bytes.littleEndian32(14);
        boolean os2 = headerSize == OS2_HEADER;
        if (!os2 && headerSize < 36) {
            throw DamagedImage.damaged(FORMAT, "a header of " + headerSize + " bytes");
        }
        long width = os2 ? bytes.littleEndian16(18) : (int) bytes.littleEndian32(18);
        // a negative height means that the top row comes first
        long height = os2 ? bytes.littleEndian16(20) : Math.abs((long) (int) bytes.littleEndian32(22));
        limit.check(width, height);
        int bits = bytes.littleEndian16(os2 ? 24 : 28);
        long compression = os2 ? 0 : bytes.littleEndian32(30);
        if (!os2 && bits <= 8 && bytes.littleEndian32(46) > 256) {
            throw DamagedImage.damaged(FORMAT, "a palette of more than 256 colours");
        }
        if (compression > BIT_FIELDS) {
            throw new DamagedImage("the BMP has compression " + compression + ", which cannot be read; save it as PNG");
        }
        long rowBytes = (width * bits + 31) / 32 * 4;
        boolean packed = compression == RUN_LENGTH_8 || compression == RUN_LENGTH_4;
        if (!packed && dataAt + rowBytes * height > bytes.length()) {
            throw DamagedImage.cutOff(FORMAT, bytes.length() + " bytes for " + width + "x" + height + " pixels");
        }
        return new EncodedImage(bytes, width, height);
    }
}
