package org.elasticvision.runtime.metrics;

/**
 * How the pixels answered for a class lie over the pixels that are of it.
 *
 * @param intersection pixels that are both
 * @param union labelled pixels that are either
 */
public record ClassOverlap(long intersection, long union) {
    private static final double EPSILON = 1e-10;

    /**
     * {@return intersection over union, 0 to 1, with the published code's 1e-10 in the denominator; 0 where there are
     * no pixels}
     */
    public double iou() {
        return intersection / (union + EPSILON);
    }
}
