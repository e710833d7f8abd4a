package org.elasticvision.runtime.image;

/** Levels that were multiplied by their pixel's alpha. */
final class Premultiplied {
    private Premultiplied() {}

    /** {@return the level before that, of 0 to 255, as Pillow computes it} */
    static int level(int multiplied, int alpha) {
        return alpha == 0 || alpha == 255 ? multiplied : Math.min(255, multiplied * 255 / alpha);
    }
}
