package org.elasticvision.runtime.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unsigned numbers out of a file's bytes; reading past their end means that the image is cut off. */
public final class ImageBytes {
    private final String format;
    private final byte[] array;
    private final int length;

    /** Takes the first {@code length} bytes of an array, of an image that messages call {@code format}. */
    public ImageBytes(String format, byte[] array, int length) {
        this.format = format;
        this.array = array;
        this.length = length;
    }

    public ImageBytes(String format, byte[] array) {
        this(format, array, array.length);
    }

    public String format() {
        return format;
    }

    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    public boolean hasAt(long at, String latin1) {
        byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return at >= 0
                && at + expected.length <= length
                && Arrays.equals(array, (int) at, (int) at + expected.length, expected, 0, expected.length);
    }

    /** So many bytes as text, or as many of them as there are. */
    public String latin1(long at, long count) {
        int from = (int) Math.min(at, length);
        int to = (int) Math.min(at + count, length);
        return new String(array, from, to - from, StandardCharsets.ISO_8859_1);
    }

    public int u8(long at) throws DamagedImage {
        if (at < 0 || at >= length) {
            throw DamagedImage.cutOff(format, "it ends after " + length + " bytes");
        }
        return array[(int) at] & 0xFF;
    }

    public int bigEndian16(long at) throws DamagedImage {
        return u8(at) << 8 | u8(at + 1);
    }

    public long bigEndian32(long at) throws DamagedImage {
        return (long) bigEndian16(at) << 16 | bigEndian16(at + 2);
    }

    public int littleEndian16(long at) throws DamagedImage {
        return u8(at) | u8(at + 1) << 8;
    }

    public int littleEndian24(long at) throws DamagedImage {
        return littleEndian16(at) | u8(at + 2) << 16;
    }

    public int u16(long at, boolean bigEndian) throws DamagedImage {
        return bigEndian ? bigEndian16(at) : littleEndian16(at);
    }

    public long u32(long at, boolean bigEndian) throws DamagedImage {
        return bigEndian ? bigEndian32(at) : littleEndian32(at);
    }

    public long littleEndian32(long at) throws DamagedImage {
        return littleEndian16(at) | (long) littleEndian16(at + 2) << 16;
    }
}
