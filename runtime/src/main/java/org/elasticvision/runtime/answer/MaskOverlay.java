package org.elasticvision.runtime.answer;

import java.util.function.IntPredicate;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.image.pixels.IndexImage;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** A mask laid over its picture in the colours of PASCAL VOC, whether a network or a person made it. */
public final class MaskOverlay {
    private static final int LEVELS = 256;
    private static final int INDICES = 256;
    private static final byte[] NO_PAINT = {};

    private MaskOverlay() {}

    /**
     * Blends a picture with the colours of a mask.
     *
     * @param image the picture
     * @param mask of the picture's size
     * @param painted which indices are drawn, asked once for each; pixels of the others stay as they are
     * @param alpha how much of the colour, 0..1
     * @return the blend
     * @throws IllegalArgumentException if the sizes differ or alpha is out of range
     */
    public static RgbImage of(RgbImage image, IndexImage mask, IntPredicate painted, double alpha) {
        if (image.width() != mask.width() || image.height() != mask.height()) {
            throw new IllegalArgumentException("the image is " + image.width() + "x" + image.height() + ", the mask "
                    + mask.width() + "x" + mask.height());
        }
        Check.isPart("alpha", alpha);
        byte[] blended = image.pixels().clone();
        byte[] indices = mask.indices();
        byte[][] paints = new byte[INDICES][];
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i] & 0xFF;
            byte[] paint = paints[index];
            if (paint == null) {
                paint = painted.test(index) ? paint(index, alpha) : NO_PAINT;
                paints[index] = paint;
            }
            if (paint != NO_PAINT) {
                int at = 3 * i;
                blended[at] = paint[blended[at] & 0xFF];
                blended[at + 1] = paint[LEVELS + (blended[at + 1] & 0xFF)];
                blended[at + 2] = paint[2 * LEVELS + (blended[at + 2] & 0xFF)];
            }
        }
        return new RgbImage(image.width(), image.height(), blended);
    }

    /** What an index makes of each level of red, then of green, then of blue. */
    private static byte[] paint(int index, double alpha) {
        byte[] paint = new byte[3 * LEVELS];
        for (int i = 0; i < paint.length; i++) {
            double level = (1 - alpha) * (i % LEVELS) + alpha * PascalColors.level(index, i / LEVELS);
            paint[i] = (byte) Math.round(level);
        }
        return paint;
    }
}
