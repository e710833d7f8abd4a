package org.elasticvision.runtime.image.pixels;

/**
 * One side of a decoded image: which part of its pixels the image covers. At a reduced scale that may begin or end inside of
 * a pixel, as libjpeg rounds the number of pixels up.
 *
 * @param length of the image's side, in its own pixels
 * @param reduction how many of those one decoded pixel stands for
 * @param lead by how many of those the first decoded pixel begins before the image
 */
public record Extent(int length, int reduction, int lead) {

    /** All pixels are there. */
    public static Extent whole(int length) {
        return new Extent(length, 1, 0);
    }

    /** A side at a reduced scale; {@code reversed} after decoding, so that the pixel that is cut comes first. */
    public static Extent reduced(int length, int reduction, boolean reversed) {
        int surplus = pixels(length, reduction) * reduction - length;
        return new Extent(length, reduction, reversed ? surplus : 0);
    }

    /** How many pixels libjpeg makes of a side. */
    public static int pixels(long length, int reduction) {
        return Math.toIntExact((length + reduction - 1) / reduction);
    }

    public int pixels() {
        return pixels(length, reduction);
    }

    /** Where the image begins, in decoded pixels. */
    public double from() {
        return (double) lead / reduction;
    }

    /** The image's length in decoded pixels. */
    public double covered() {
        return (double) length / reduction;
    }
}
