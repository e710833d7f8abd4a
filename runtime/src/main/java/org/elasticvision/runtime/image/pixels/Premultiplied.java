package org.elasticvision.runtime.image.pixels;

/** Levels that were multiplied by their pixel's alpha. */
public final class Premultiplied {
    private Premultiplied() {}

    /** {@return the level before that, of 0 to 255, as Pillow computes it} */
    public static int level(int multiplied, int alpha) {
        return alpha == 0 || alpha == 255 ? multiplied : Math.min(255, multiplied * 255 / alpha);
    }
}
