package org.elasticvision.train.data.mixing;

import java.nio.FloatBuffer;

/**
 * A box that each image of a batch takes from the image before it (Yun and others 2019), as torchvision 0.29's {@code v2.CutMix} has it.
 *
 * @param left first column
 * @param top first row
 * @param right column behind the last one; {@code left} where the box is empty
 * @param bottom row behind the last one
 * @param width of the images
 * @param height of the images
 */
record CutMix(int left, int top, int right, int bottom, int width, int height) {
    private static final int CHANNELS = 3;

    /**
     * {@return the box around a pixel, of the images' shape, cut off at their edges}
     *
     * @param share what the box, where nothing is cut off, leaves of an image's area, 0 to 1
     * @param x column of the pixel
     * @param y row of the pixel
     * @param width of the images
     * @param height of the images
     */
    static CutMix around(double share, int x, int y, int width, int height) {
        double half = 0.5 * Math.sqrt(1 - share);
        int halfWidth = (int) (half * width);
        int halfHeight = (int) (half * height);
        return new CutMix(
                Math.max(x - halfWidth, 0),
                Math.max(y - halfHeight, 0),
                Math.min(x + halfWidth, width),
                Math.min(y + halfHeight, height),
                width,
                height);
    }

    /** {@return the part of an image's area that stays its own} */
    double share() {
        return 1 - (double) ((right - left) * (bottom - top)) / (width * height);
    }

    /**
     * Copies the box of each image to the next one, and that of the last to the first.
     *
     * @param images NCHW, from position 0 on
     * @param count how many
     */
    void apply(FloatBuffer images, int count) {
        int size = CHANNELS * height * width;
        float[] last = new float[right - left];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int y = top; y < bottom; y++) {
                int row = (channel * height + y) * width + left;
                images.get((count - 1) * size + row, last);
                for (int i = count - 1; i > 0; i--) {
                    images.put(i * size + row, images, (i - 1) * size + row, last.length);
                }
                images.put(row, last);
            }
        }
    }
}
