package org.elasticvision.runtime.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Writes small Windows bitmaps. */
public final class BmpFiles {
    public static final int BIT_FIELDS = 3;

    private BmpFiles() {}

    /** A file whose pixels follow its header and palette at once, where {@code offset} is not given. */
    public static byte[] bmp(
            int headerSize,
            int width,
            int height,
            int bits,
            int compression,
            String behind,
            String pixels,
            int offset) {
        byte[] between = bytes(behind);
        byte[] data = bytes(pixels);
        // the bit fields lie inside of a long header
        int inside = compression == BIT_FIELDS ? Math.min(between.length, headerSize - 40) : 0;
        int dataAt = 14 + headerSize + between.length - inside;
        ByteBuffer bmp = ByteBuffer.allocate(dataAt + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(offset < 0 ? dataAt : offset);
        bmp.putInt(headerSize).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
        bmp.putInt(compression)
                .putInt(data.length)
                .putInt(2835)
                .putInt(2835)
                .putInt(bits <= 8 ? 2 : 0)
                .putInt(0);
        if (inside == 0) {
            bmp.position(14 + headerSize);
        }
        return bmp.put(between).position(dataAt).put(data).array();
    }

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
    }
}
