package org.elasticvision.runtime.image;

/**
 * How a picture is turned to be upright: the orientation that a camera notes in its files (Exif 2.32, tag 0x0112).
 *
 * @param turned whether the stored columns become rows
 * @param reversedAcross whether the first stored column or row then comes to the right
 * @param reversedDown whether the first stored row or column then comes to the bottom
 */
record ExifOrientation(boolean turned, boolean reversedAcross, boolean reversedDown) {
    static final ExifOrientation UPRIGHT = of(1);

    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY_BYTES = 12;

    /** @param value of the tag; what is not 1 to 8 means upright */
    private static ExifOrientation of(int value) {
        return new ExifOrientation(
                value >= 5 && value <= 8,
                value == 2 || value == 3 || value == 6 || value == 7,
                value == 3 || value == 4 || value == 7 || value == 8);
    }

    /**
     * Reads the tag; where there is none, or it cannot be read, a picture counts as upright.
     *
     * @param tiff where the TIFF header begins, behind a JPEG's {@code Exif\0\0}
     */
    static ExifOrientation read(ImageBytes bytes, long tiff) {
        try {
            if (bytes.hasAt(tiff, "II*\0")) {
                return read(bytes, tiff, false);
            }
            return bytes.hasAt(tiff, "MM\0*") ? read(bytes, tiff, true) : UPRIGHT;
        } catch (DamagedImage beyondTheEnd) {
            return UPRIGHT;
        }
    }

    private static ExifOrientation read(ImageBytes bytes, long tiff, boolean bigEndian) throws DamagedImage {
        long directory = tiff + (bigEndian ? bytes.bigEndian32(tiff + 4) : bytes.littleEndian32(tiff + 4));
        int entries = u16(bytes, directory, bigEndian);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) ENTRY_BYTES * i;
            if (u16(bytes, entry, bigEndian) == ORIENTATION) {
                return of(u16(bytes, entry + 8, bigEndian));
            }
        }
        return UPRIGHT;
    }

    private static int u16(ImageBytes bytes, long at, boolean bigEndian) throws DamagedImage {
        return bigEndian ? bytes.bigEndian16(at) : bytes.littleEndian16(at);
    }
}
