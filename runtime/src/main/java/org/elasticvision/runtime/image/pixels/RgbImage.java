package org.elasticvision.runtime.image.pixels;

/**
 * 8-bit RGB pixels: interleaved R, G, B, row-major from the top left, no padding between rows.
 *
 * <p>The array is neither copied in nor copied out: whoever hands it over stops writing to it. Under that condition an
 * image may be shared by threads.
 */
public final class RgbImage {
    private final int width;
    private final int height;
    private final byte[] pixels;

    /**
     * @param width in pixels
     * @param height in pixels
     * @param pixels {@code 3 * width * height} bytes, kept, not copied
     * @throws IllegalArgumentException if a side is below 1 or the array has another length
     */
    public RgbImage(int width, int height, byte[] pixels) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("image size " + width + "x" + height + " must be at least 1x1");
        }
        if (pixels.length != 3L * width * height) {
            throw new IllegalArgumentException("an RGB image of " + width + "x" + height + " has " + 3L * width * height
                    + " bytes, not " + pixels.length);
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /** {@return the width in pixels} */
    public int width() {
        return width;
    }

    /** {@return the height in pixels} */
    public int height() {
        return height;
    }

    /** {@return the pixels themselves, not a copy} */
    public byte[] pixels() {
        return pixels;
    }

    @Override
    public String toString() {
        return "RgbImage " + width + "x" + height;
    }
}
