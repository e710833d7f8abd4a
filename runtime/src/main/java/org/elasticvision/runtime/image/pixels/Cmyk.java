package org.elasticvision.runtime.image.pixels;

/** Ink on paper as light on a screen, by Pillow's formula: no colour profile, just products. */
public final class Cmyk {
    private Cmyk() {}

    /** Amounts of ink, 0 to 255. */
    public static void toRgb(int cyan, int magenta, int yellow, int black, byte[] rgb, int to) {
        int light = 255 - black;
        rgb[to] = (byte) (light - product(cyan, light));
        rgb[to + 1] = (byte) (light - product(magenta, light));
        rgb[to + 2] = (byte) (light - product(yellow, light));
    }

    /** The product of two fractions of 255, rounded; never more than either. */
    private static int product(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }
}
