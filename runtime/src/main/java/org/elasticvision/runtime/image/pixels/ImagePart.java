package org.elasticvision.runtime.image.pixels;

/**
 * A rectangle of an image's pixels.
 *
 * @param x first column, counted from the left
 * @param y first row, counted from the top
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record ImagePart(int x, int y, int width, int height) {
    public ImagePart {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a part of an image cannot be " + width + "x" + height + " pixels from column " + x + ", row " + y);
        }
    }

    /** {@return all of an image} */
    public static ImagePart whole(int width, int height) {
        return new ImagePart(0, 0, width, height);
    }

    /**
     * Checks that it does not leave an image.
     *
     * @throws IllegalArgumentException if it does
     */
    public void requireInside(int imageWidth, int imageHeight) {
        if (width > imageWidth - x || height > imageHeight - y) {
            throw new IllegalArgumentException(this + " is not inside an image of " + imageWidth + "x" + imageHeight);
        }
    }
}
