package org.elasticvision.train.shapes;

import org.elasticvision.runtime.base.Check;

/**
 * Which data set to draw: the same options give the same pictures.
 *
 * @param training pictures to learn from
 * @param validation pictures to measure on
 * @param size height and width of a picture in pixels, 48 to 512
 * @param seed of everything that is random
 */
public record ShapesOptions(int training, int validation, int size, long seed) {
    private static final int SMALLEST = 48;
    private static final int LARGEST = 512;

    public ShapesOptions {
        Check.atLeast("training", training, 1);
        Check.atLeast("validation", validation, 1);
        if (size < SMALLEST || size > LARGEST) {
            throw new IllegalArgumentException("size " + size + " must be " + SMALLEST + " to " + LARGEST);
        }
    }

    /**
     * 1,600 pictures to learn from and 400 to measure on, of 80×80 pixels.
     *
     * @return the default options
     */
    public static ShapesOptions defaults() {
        return new ShapesOptions(1600, 400, 80, 1);
    }
}
