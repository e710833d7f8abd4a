package org.elasticvision.train.data.transform.randaugment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.elasticvision.runtime.image.pixels.RgbImage;

/**
 * An affine transform of an image to the nearest pixel, black where there is none, in the fixed-point arithmetic of Pillow's {@code
 * Image.transform} with {@code AFFINE}: 16 bits after the point, so that sides up to 8192 have room to be turned.
 *
 * <p>The pixel in column x, row y is the one that lies in column {@code (perColumnX * x + perRowX * y + startX) >> 16} of the image,
 * and its row likewise.
 */
record Affine(int perColumnX, int perRowX, int startX, int perColumnY, int perRowY, int startY) {
    private static final int POINT = 16;
    /** After it Pillow rounds sine and cosine. */
    private static final int DECIMALS = 15;

    /** From the numbers that Pillow takes: where a point, (0.5, 0.5) for the first pixel, comes from. */
    private static Affine of(double a, double b, double c, double d, double e, double f) {
        return new Affine(
                fixed(a), fixed(b), fixed(c + a * 0.5 + b * 0.5), fixed(d), fixed(e), fixed(f + d * 0.5 + e * 0.5));
    }

    private static int fixed(double value) {
        return (int) Math.floor(value * (1 << POINT) + 0.5);
    }

    /**
     * {@return a shear around the top left corner}
     *
     * <p>torchvision goes by angles, of which it takes the tangent again: the same in 16 bits after the point.
     *
     * @param across by how many pixels each row is moved to the left against the one above
     * @param down by how many pixels each column is moved up against the one before
     */
    static Affine shear(double across, double down) {
        return of(1, across, 0, down, 1, 0);
    }

    /**
     * {@return a shift by whole pixels}
     *
     * @param right negative to the left
     * @param down negative to the top
     */
    static Affine translation(int right, int down) {
        return of(1, 0, -right, 0, 1, -down);
    }

    /**
     * {@return a rotation around the middle, as Pillow's {@code Image.rotate}}
     *
     * @param degrees counter clockwise, above -360
     */
    static Affine rotation(double degrees, int width, int height) {
        double angle = -Math.toRadians(degrees < 0 ? degrees + 360 : degrees);
        double cos = rounded(StrictMath.cos(angle)); // strict: the same pixels on every machine
        double sin = rounded(StrictMath.sin(angle));
        double x = width / 2.0;
        double y = height / 2.0;
        return of(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
    }

    /** As Python's {@code round}: of two decimals that are as near the even one. */
    private static double rounded(double value) {
        return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
    }

    RgbImage apply(RgbImage image) {
        int width = image.width();
        int height = image.height();
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int fromX = startX + y * perRowX;
            int fromY = startY + y * perRowY;
            for (int x = 0; x < width; x++, at += 3) {
                int column = fromX >> POINT;
                int row = fromY >> POINT;
                if (column >= 0 && column < width && row >= 0 && row < height) {
                    int pixel = 3 * (row * width + column);
                    to[at] = from[pixel];
                    to[at + 1] = from[pixel + 1];
                    to[at + 2] = from[pixel + 2];
                }
                fromX += perColumnX;
                fromY += perColumnY;
            }
        }
        return new RgbImage(width, height, to);
    }
}
