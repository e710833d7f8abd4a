package org.elasticvision.runtime.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unsigned numbers out of a file's bytes; reading past their end means that the image is cut off. */
final class ImageBytes {
    private final String format;
    private final byte[] array;
    private final int length;

    /** @param format what messages call the image */
    ImageBytes(String format, byte[] array, int length) {
        this.format = format;
        this.array = array;
        this.length = length;
    }

    ImageBytes(String format, byte[] array) {
        this(format, array, array.length);
    }

    String format() {
        return format;
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    boolean hasAt(long at, String latin1) {
        byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return at >= 0
                && at + expected.length <= length
                && Arrays.equals(array, (int) at, (int) at + expected.length, expected, 0, expected.length);
    }

    /** So many bytes as text, or as many of them as there are. */
    String latin1(long at, long count) {
        int from = (int) Math.min(at, length);
        int to = (int) Math.min(at + count, length);
        return new String(array, from, to - from, StandardCharsets.ISO_8859_1);
    }

    int u8(long at) throws DamagedImage {
        if (at < 0 || at >= length) {
            throw DamagedImage.cutOff(format, "it ends after " + length + " bytes");
        }
        return array[(int) at] & 0xFF;
    }

    int bigEndian16(long at) throws DamagedImage {
        return u8(at) << 8 | u8(at + 1);
    }

    long bigEndian32(long at) throws DamagedImage {
        return (long) bigEndian16(at) << 16 | bigEndian16(at + 2);
    }

    int littleEndian16(long at) throws DamagedImage {
        return u8(at) | u8(at + 1) << 8;
    }

    int littleEndian24(long at) throws DamagedImage {
        return littleEndian16(at) | u8(at + 2) << 16;
    }

    int u16(long at, boolean bigEndian) throws DamagedImage {
        return bigEndian ? bigEndian16(at) : littleEndian16(at);
    }

    long u32(long at, boolean bigEndian) throws DamagedImage {
        return bigEndian ? bigEndian32(at) : littleEndian32(at);
    }

    long littleEndian32(long at) throws DamagedImage {
        return littleEndian16(at) | (long) littleEndian16(at + 2) << 16;
    }
}
