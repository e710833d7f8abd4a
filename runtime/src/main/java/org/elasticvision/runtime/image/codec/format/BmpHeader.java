package org.elasticvision.runtime.image.codec.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.elasticvision.runtime.image.codec.ImageBytes;

/**
 * The one form of header that the JDK gets: Windows' of 40 bytes, with all colours.
 *
 * @param height negative where the top row comes first
 */
record BmpHeader(int width, int height, int bits, int compression, BmpPalette palette) {
    private static final int LENGTH = 54;

    /** The pixels of a file behind this header. */
    ImageBytes before(ImageBytes file, int dataAt) {
        int pixels = file.length() - dataAt;
        int offset = LENGTH + palette.entries().length;
        ByteBuffer bmp = ByteBuffer.allocate(Math.addExact(offset, pixels + 3)).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(offset);
        bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
        bmp.putInt(compression > BmpFrame.BIT_FIELDS ? BmpFrame.BIT_FIELDS : compression);
        bmp.putInt(pixels).putInt(0).putInt(0);
        bmp.putInt(bits <= 8 ? 1 << bits : 0).putInt(0);
        bmp.put(palette.entries()).put(file.array(), dataAt, pixels);
        return new ImageBytes(BmpFrame.FORMAT, bmp.array());
    }
}
