package org.elasticvision.runtime.answer;

/**
 * The colours in which PASCAL VOC draws class indices: the bits of the index, three at a time, become the high bits of
 * red, green and blue.
 */
public final class PascalColors {
    private static final int COLORS = 256;
    private static final byte[] PALETTE = generate();

    private PascalColors() {}

    /** {@return 256 colours, R, G, B each: the palette of a PNG mask} A copy. */
    public static byte[] palette() {
        return PALETTE.clone();
    }

    /** One channel (0 red, 1 green, 2 blue) of a class's colour, 0 to 255. */
    static int level(int classIndex, int channel) {
        return PALETTE[classIndex * 3 + channel] & 0xFF;
    }

    private static byte[] generate() {
        byte[] palette = new byte[COLORS * 3];
        for (int index = 0; index < COLORS; index++) {
            for (int bits = index, shift = 7; bits > 0; bits >>= 3, shift--) {
                for (int channel = 0; channel < 3; channel++) {
                    palette[index * 3 + channel] |= (byte) ((bits >> channel & 1) << shift);
                }
            }
        }
        return palette;
    }
}
