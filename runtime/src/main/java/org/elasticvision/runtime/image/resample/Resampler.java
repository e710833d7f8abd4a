package org.elasticvision.runtime.image.resample;

import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.runtime.model.Interpolation;

/**
 * Resizes images as Pillow 9.4's {@code Image.resize} does, to the bit. Shrinking is antialiased, except with
 * {@link Interpolation#NEAREST}.
 */
public final class Resampler {
    private Resampler() {}

    /**
     * Resizes an image; one that has the size already is returned as it is.
     *
     * @param image the image
     * @param width in pixels
     * @param height in pixels
     * @param filter how pixels are weighed
     * @return the resized image
     * @throws IllegalArgumentException if a side is below 1
     */
    public static RgbImage resize(RgbImage image, int width, int height, Interpolation filter) {
        checkSize(width, height);
        return resize(image, Span.whole(width), Span.whole(height), filter);
    }

    /**
     * Resizes one 8-bit channel: a grey image, or (with {@link Interpolation#NEAREST}) a mask of class indices.
     *
     * @param plane {@code width * height} levels, row-major
     * @param width in pixels
     * @param height in pixels
     * @param toWidth of the result
     * @param toHeight of the result
     * @param filter how pixels are weighed
     * @return {@code toWidth * toHeight} levels
     * @throws IllegalArgumentException if a side is below 1 or the array has another length
     */
    public static byte[] resizePlane(
            byte[] plane, int width, int height, int toWidth, int toHeight, Interpolation filter) {
        checkSize(toWidth, toHeight);
        return resizePlane(plane, width, height, Span.whole(toWidth), Span.whole(toHeight), filter);
    }

    /**
     * {@return a part of what {@link #resizePlane(byte[], int, int, int, int, Interpolation)} makes}
     *
     * @param plane {@code width * height} levels, row-major
     * @param width in pixels
     * @param height in pixels
     * @param across the columns that are wanted
     * @param down the rows that are wanted
     * @param filter how pixels are weighed
     */
    public static byte[] resizePlane(
            byte[] plane, int width, int height, Span across, Span down, Interpolation filter) {
        checkPlane(plane, width, height);
        return filter == Interpolation.NEAREST
                ? NearestResampler.resample(plane, width, height, 1, across, down)
                : PlaneResampler.resample(plane, width, height, across, down, filter);
    }

    /**
     * {@return a part of a resized image, for about the cost of that part; the whole is returned as it is if it has the
     * size}
     *
     * @param image the image
     * @param across the columns that are wanted
     * @param down the rows that are wanted
     * @param filter how pixels are weighed
     */
    public static RgbImage resize(RgbImage image, Span across, Span down, Interpolation filter) {
        if (across.equals(Span.whole(image.width())) && down.equals(Span.whole(image.height()))) {
            return image;
        }
        byte[] pixels = filter == Interpolation.NEAREST
                ? NearestResampler.resample(image.pixels(), image.width(), image.height(), 3, across, down)
                : RgbResampler.resample(image, across, down, filter);
        return new RgbImage(across.count(), down.count(), pixels);
    }

    private static void checkPlane(byte[] plane, int width, int height) {
        checkSize(width, height);
        if (plane.length != (long) width * height) {
            throw new IllegalArgumentException("a plane of " + width + "x" + height + " has " + (long) width * height
                    + " bytes, not " + plane.length);
        }
    }

    private static void checkSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("image size " + width + "x" + height + " must be at least 1x1");
        }
    }
}
