package org.elasticvision.train.data.transform.randaugment;

import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * Pillow's {@code ImageEnhance}: an image is blended with one that has none of a quality. A factor of 1 leaves it as it is, a smaller
 * one takes of the quality, a larger one adds to it.
 */
final class Enhancement {
    private Enhancement() {}

    /** Against black. */
    static RgbImage brightness(RgbImage image, float factor) {
        return LevelTable.of(level -> blend(0, level, factor)).apply(image);
    }

    /** Against grey of the image's mean luminance. */
    static RgbImage contrast(RgbImage image, float factor) {
        byte[] pixels = image.pixels();
        long sum = 0;
        for (int i = 0; i < pixels.length; i += 3) {
            sum += luminance(pixels, i);
        }
        int mean = (int) (sum / (pixels.length / 3.0) + 0.5);
        return LevelTable.of(level -> blend(mean, level, factor)).apply(image);
    }

    /** Against the image in grey. */
    static RgbImage color(RgbImage image, float factor) {
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i += 3) {
            int grey = luminance(from, i);
            to[i] = (byte) blend(grey, from[i] & 0xFF, factor);
            to[i + 1] = (byte) blend(grey, from[i + 1] & 0xFF, factor);
            to[i + 2] = (byte) blend(grey, from[i + 2] & 0xFF, factor);
        }
        return new RgbImage(image.width(), image.height(), to);
    }

    /** Against the image smoothed. */
    static RgbImage sharpness(RgbImage image, float factor) {
        byte[] from = image.pixels();
        byte[] to = smoothed(image);
        for (int i = 0; i < from.length; i++) {
            to[i] = (byte) blend(to[i] & 0xFF, from[i] & 0xFF, factor);
        }
        return new RgbImage(image.width(), image.height(), to);
    }

    /** In float32, cut off after the point. */
    private static int blend(int without, int with, float factor) {
        return Math.max(0, Math.min(255, (int) (without + factor * (with - without))));
    }

    /** Of a pixel, by Rec. 601, in 16 bits after the point: Pillow's conversion to {@code L}. */
    private static int luminance(byte[] pixels, int at) {
        int red = pixels[at] & 0xFF;
        int green = pixels[at + 1] & 0xFF;
        int blue = pixels[at + 2] & 0xFF;
        return (19595 * red + 38470 * green + 7471 * blue + (1 << 15)) >> 16;
    }

    /**
     * Pillow's {@code SMOOTH}: the mean of 3x3 pixels, of which the middle one counts five times. The border stays, and so does an
     * image that is narrower than that. Pillow sums thirteenths in float32, which never comes near enough to a half for another level.
     */
    private static byte[] smoothed(RgbImage image) {
        byte[] from = image.pixels();
        byte[] to = from.clone();
        int row = 3 * image.width();
        for (int y = 1; y < image.height() - 1; y++) {
            for (int i = y * row + 3; i < (y + 1) * row - 3; i++) {
                int sum = across(from, i - row) + across(from, i) + across(from, i + row) + 4 * (from[i] & 0xFF);
                to[i] = (byte) ((2 * sum + 13) / 26);
            }
        }
        return to;
    }

    private static int across(byte[] pixels, int at) {
        return (pixels[at - 3] & 0xFF) + (pixels[at] & 0xFF) + (pixels[at + 3] & 0xFF);
    }
}
