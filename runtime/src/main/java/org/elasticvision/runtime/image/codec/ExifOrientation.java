package org.elasticvision.runtime.image.codec;

import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * How a picture is turned to be upright: the orientation that a camera notes in its files (Exif 2.32, tag 0x0112).
 *
 * @param turned whether the stored columns become rows
 * @param reversedAcross whether the first stored column or row then comes to the right
 * @param reversedDown whether the first stored row or column then comes to the bottom
 */
public record ExifOrientation(boolean turned, boolean reversedAcross, boolean reversedDown) {
    public static final ExifOrientation UPRIGHT = of(1);
    static final int TAG = 0x0112;

    private static final int ENTRY_BYTES = 12;
    private static final int SHORT = 3;
    /** Numbers of 4 bytes, unsigned and signed; a signed number of 2 bytes is 8. */
    private static final Set<Integer> LONGS = Set.of(4, 9);

    private static final Set<Integer> SHORTS = Set.of(SHORT, 8);

    /** {@return what a value of the tag means; what is not 1 to 8 means upright} */
    public static ExifOrientation of(long value) {
        return new ExifOrientation(
                value >= 5 && value <= 8,
                value == 2 || value == 3 || value == 6 || value == 7,
                value == 3 || value == 4 || value == 7 || value == 8);
    }

    /**
     * Reads the tag, in each of the forms that writers give it.
     *
     * @param tiff where the TIFF header begins, behind {@code Exif\0\0}
     * @return empty where there is no such tag, or it cannot be read
     */
    static Optional<ExifOrientation> read(ImageBytes bytes, long tiff) {
        try {
            if (bytes.hasAt(tiff, "II*\0")) {
                return read(bytes, tiff, false);
            }
            return bytes.hasAt(tiff, "MM\0*") ? read(bytes, tiff, true) : Optional.empty();
        } catch (DamagedImage beyondTheEnd) {
            return Optional.empty();
        }
    }

    private static Optional<ExifOrientation> read(ImageBytes bytes, long tiff, boolean bigEndian) throws DamagedImage {
        long directory = tiff + bytes.u32(tiff + 4, bigEndian);
        int entries = bytes.u16(directory, bigEndian);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) ENTRY_BYTES * i;
            if (bytes.u16(entry, bigEndian) == TAG) {
                int type = bytes.u16(entry + 2, bigEndian);
                boolean one = bytes.u32(entry + 4, bigEndian) == 1;
                if (one && SHORTS.contains(type)) {
                    return Optional.of(of(bytes.u16(entry + 8, bigEndian)));
                }
                return Optional.of(one && LONGS.contains(type) ? of(bytes.u32(entry + 8, bigEndian)) : UPRIGHT);
            }
        }
        return Optional.empty();
    }

    /** Turns pixels upright. */
    public RgbImage turn(RgbImage stored) {
        if (equals(UPRIGHT)) {
            return stored;
        }
        int width = turned ? stored.height() : stored.width();
        int height = turned ? stored.width() : stored.height();
        byte[] from = stored.pixels();
        byte[] upright = new byte[from.length];
        for (int y = 0, to = 0; y < height; y++) {
            int down = reversedDown ? height - 1 - y : y;
            for (int x = 0; x < width; x++, to += 3) {
                int across = reversedAcross ? width - 1 - x : x;
                int at = 3 * (turned ? across * stored.width() + down : down * stored.width() + across);
                upright[to] = from[at];
                upright[to + 1] = from[at + 1];
                upright[to + 2] = from[at + 2];
            }
        }
        return new RgbImage(width, height, upright);
    }
}
