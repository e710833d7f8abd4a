package org.elasticvision.runtime.explain.picture;

import org.elasticvision.runtime.image.pixels.RgbImage;

/** Brings a picture to a size at which a map over it can be seen: by whole factors, so that pixels stay what they are. Stateless. */
final class Scaling {
    private Scaling() {}

    /**
     * {@return the picture with a longer side between half of {@code least} and {@code most}: pixels repeated or averaged}
     *
     * @param least pictures with a smaller longer side are enlarged towards it
     * @param most pictures with a larger one are reduced to at most that
     */
    static RgbImage fit(RgbImage image, int least, int most) {
        int side = Math.max(image.width(), image.height());
        if (side > most) {
            return reduced(image, (side + most - 1) / most);
        }
        return side < least ? enlarged(image, Math.max(1, least / side)) : image;
    }

    private static RgbImage enlarged(RgbImage image, int factor) {
        int width = image.width() * factor;
        byte[] pixels = new byte[3 * width * image.height() * factor];
        for (int at = 0; at < pixels.length / 3; at++) {
            int from = at / width / factor * image.width() + at % width / factor;
            System.arraycopy(image.pixels(), 3 * from, pixels, 3 * at, 3);
        }
        return new RgbImage(width, image.height() * factor, pixels);
    }

    /** What is left over at the right and the bottom belongs to the last pixel. */
    private static RgbImage reduced(RgbImage image, int factor) {
        int width = Math.max(1, image.width() / factor);
        int height = Math.max(1, image.height() / factor);
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int right = x == width - 1 ? image.width() : (x + 1) * factor;
                int bottom = y == height - 1 ? image.height() : (y + 1) * factor;
                average(image, x * factor, y * factor, right, bottom, pixels, 3 * (y * width + x));
            }
        }
        return new RgbImage(width, height, pixels);
    }

    private static void average(RgbImage image, int left, int top, int right, int bottom, byte[] target, int at) {
        long[] sums = new long[3];
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                for (int c = 0; c < 3; c++) {
                    sums[c] += image.pixels()[3 * (y * image.width() + x) + c] & 0xFF;
                }
            }
        }
        long count = (long) (right - left) * (bottom - top);
        for (int c = 0; c < 3; c++) {
            target[at + c] = (byte) ((sums[c] + count / 2) / count);
        }
    }
}
