package org.elasticvision.runtime.image.codec.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.elasticvision.runtime.image.codec.DamagedImage;
import org.elasticvision.runtime.image.codec.ImageBytes;

/**
 * What stands between a BMP's header and its pixels: colours of four bytes, or the bit fields of red, green and blue.
 *
 * @param entries as in a file of Windows
 * @param end where the file may have its pixels at the earliest
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside, and nobody compares two
record BmpPalette(byte[] entries, long end) {
    static BmpPalette none(long end) {
        return new BmpPalette(new byte[0], end);
    }

    static BmpPalette masks(ImageBytes bytes, long at, long end) throws DamagedImage {
        ByteBuffer masks = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        long[] values = {bytes.littleEndian32(at), bytes.littleEndian32(at + 4), bytes.littleEndian32(at + 8)};
        if (Arrays.stream(values).allMatch(mask -> mask == 0)) { // Pillow's reading of files that leave them out
            values = new long[] {0xFF0000, 0xFF00, 0xFF};
        }
        for (long mask : values) {
            long run = mask == 0 ? 0 : mask >>> Long.numberOfTrailingZeros(mask);
            if (mask == 0 || (run & (run + 1)) != 0) {
                throw DamagedImage.damaged(BmpFrame.FORMAT, "bit fields of no use: %08X".formatted(mask));
            }
            masks.putInt((int) mask);
        }
        return new BmpPalette(masks.array(), end);
    }

    /**
     * Reads colours.
     *
     * @param size bytes of one, in the file
     * @param stated how many the file says it has
     * @param wanted how many the pixels can mean; missing ones are black
     * @param pixelOffset where the file says that its pixels begin
     */
    static BmpPalette colours(ImageBytes bytes, long at, int size, long stated, int wanted, long pixelOffset)
            throws DamagedImage {
        if (stated > 65536) {
            throw DamagedImage.damaged(BmpFrame.FORMAT, "a palette of " + stated + " colours");
        }
        long end = at + size * stated;
        // files of OS/2 do not say how many there are
        long before = size == 3 && pixelOffset > at ? Math.min(end, pixelOffset) : end;
        int count = (int) Math.min((before - at) / size, wanted);
        byte[] entries = new byte[4 * wanted];
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < 3; c++) {
                entries[4 * i + c] = (byte) bytes.u8(at + (long) size * i + c);
            }
        }
        return new BmpPalette(entries, before);
    }
}
