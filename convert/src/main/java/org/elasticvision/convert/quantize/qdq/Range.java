package org.elasticvision.convert.quantize.qdq;

/**
 * Which values 8 bits are to tell apart; what lies outside is taken for the nearest end.
 *
 * @param min not above 0
 * @param max not below 0
 */
public record Range(float min, float max) {
    public Range {
        if (!(min <= 0 && max >= 0 && Float.isFinite(max - min))) {
            throw new IllegalArgumentException("the range " + min + " to " + max + " must be finite and contain 0");
        }
    }

    /**
     * {@return the smallest that contains these two and 0, which must be exact: it is what pads}
     *
     * @param low the smallest value
     * @param high the largest value
     */
    public static Range of(float low, float high) {
        return new Range(Math.min(low, 0), Math.max(high, 0));
    }

    /** {@return the largest absolute value} */
    public float magnitude() {
        return Math.max(-min, max);
    }
}
