package org.elasticvision.runtime.image.pixels;

/**
 * A class index per pixel, 0..255 as unsigned bytes, row-major from the top left: a segmentation mask.
 *
 * <p>The array is neither copied in nor copied out: whoever hands it over stops writing to it.
 */
public final class IndexImage {
    private final int width;
    private final int height;
    private final byte[] indices;

    /**
     * A mask over an array, which is kept, not copied.
     *
     * @param width in pixels
     * @param height in pixels
     * @param indices {@code width * height} of them, row-major, unsigned; kept, not copied
     * @throws IllegalArgumentException if a side is below 1 or the array has not {@code width * height} bytes
     */
    public IndexImage(int width, int height, byte[] indices) {
        if (width < 1 || height < 1 || indices.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a mask of " + width + "x" + height + " cannot have " + indices.length + " pixels");
        }
        this.width = width;
        this.height = height;
        this.indices = indices;
    }

    /** {@return the width in pixels} */
    public int width() {
        return width;
    }

    /** {@return the height in pixels} */
    public int height() {
        return height;
    }

    /** {@return the indices themselves, not a copy} */
    public byte[] indices() {
        return indices;
    }

    @Override
    public String toString() {
        return "IndexImage " + width + "x" + height;
    }
}
