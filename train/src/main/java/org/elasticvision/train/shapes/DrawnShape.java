package org.elasticvision.train.shapes;

import java.util.BitSet;

/**
 * A shape in a picture, as far as it is seen.
 *
 * @param kind its class
 * @param visible the pixels that show it, numbered row by row from the top left
 * @param left of its box, in pixels
 * @param top of its box
 * @param width of its box
 * @param height of its box
 */
record DrawnShape(ShapeKind kind, BitSet visible, int left, int top, int width, int height) {
    public DrawnShape {
        visible = (BitSet) visible.clone();
        if (visible.isEmpty()) {
            throw new IllegalArgumentException("a drawn " + kind.label() + " must show in at least one pixel");
        }
    }

    /** With the box of its visible pixels. */
    static DrawnShape of(ShapeKind kind, BitSet visible, int pictureWidth) {
        int left = Integer.MAX_VALUE;
        int right = -1;
        for (int pixel = visible.nextSetBit(0); pixel >= 0; pixel = visible.nextSetBit(pixel + 1)) {
            left = Math.min(left, pixel % pictureWidth);
            right = Math.max(right, pixel % pictureWidth);
        }
        int top = visible.nextSetBit(0) / pictureWidth;
        int bottom = (visible.length() - 1) / pictureWidth;
        return new DrawnShape(kind, visible, left, top, right - left + 1, bottom - top + 1);
    }

    /**
     * A copy.
     *
     * @return a copy
     */
    @Override
    public BitSet visible() {
        return (BitSet) visible.clone();
    }

    /** {@return how many pixels show it} */
    public int area() {
        return visible.cardinality();
    }
}
