package org.elasticvision.runtime.explain.picture;

import java.util.Arrays;
import org.elasticvision.runtime.image.pixels.RgbImage;

/** An image to draw on. For one thread. */
final class Canvas {
    private final int width;
    private final int height;
    private final byte[] pixels;

    /** All white. */
    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new byte[Math.multiplyExact(3 * width, height)];
        Arrays.fill(pixels, (byte) 0xFF);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void set(int x, int y, int[] colour) {
        int at = 3 * (y * width + x);
        for (int c = 0; c < 3; c++) {
            pixels[at + c] = (byte) colour[c];
        }
    }

    void fill(int left, int top, int columns, int rows, int[] colour) {
        for (int y = Math.max(0, top); y < Math.min(height, top + rows); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + columns); x++) {
                set(x, y, colour);
            }
        }
    }

    RgbImage image() {
        return new RgbImage(width, height, pixels);
    }
}
