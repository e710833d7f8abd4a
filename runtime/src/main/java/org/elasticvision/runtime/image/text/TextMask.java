package org.elasticvision.runtime.image.text;

/** A drawn line of text. */
final class TextMask {
    private final int width;
    private final int height;
    private final byte[] ink;

    /**
     * @param width in pixels
     * @param height in pixels
     * @param ink how much of each pixel is covered, unsigned, 0 to 255, row-major from the top left; kept, not copied
     */
    TextMask(int width, int height, byte[] ink) {
        this.width = width;
        this.height = height;
        this.ink = ink;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** {@return how much of a pixel is covered, 0 to 255} */
    int ink(int x, int y) {
        return ink[y * width + x] & 0xFF;
    }
}
