package org.elasticvision.convert.quantize.qdq;

/**
 * How an activation becomes 8 bits: {@code code = round(value / scale) + zeroPoint}, cut off at the ends.
 *
 * @param signed codes from -128 to 127, else from 0 to 255
 */
public record ActivationScale(float scale, int zeroPoint, boolean signed) {
    private static final int STEPS = 255;
    private static final int SIGNED_MAX = 127;
    /** Where all values were 0. */
    private static final float SCALE_OF_NOTHING = 1f / STEPS;

    public ActivationScale {
        if (!(scale > 0) || Float.isInfinite(scale)) {
            throw new IllegalArgumentException("scale " + scale + " must be positive");
        }
    }

    /**
     * What the target takes.
     *
     * @param range the smallest and the largest value
     * @param target what runs the int8 model
     * @return the scale and the zero point
     */
    public static ActivationScale of(Range range, Int8Target target) {
        return switch (target) {
            case CPU -> asymmetric(range);
            case TENSORRT -> symmetric(range);
        };
    }

    private static ActivationScale asymmetric(Range range) {
        float scale = (range.max() - range.min()) / STEPS;
        if (!(scale >= Float.MIN_NORMAL)) {
            return new ActivationScale(SCALE_OF_NOTHING, 0, false);
        }
        return new ActivationScale(scale, Math.round(-range.min() / scale), false);
    }

    private static ActivationScale symmetric(Range range) {
        float scale = range.magnitude() / SIGNED_MAX;
        return new ActivationScale(scale >= Float.MIN_NORMAL ? scale : SCALE_OF_NOTHING, 0, true);
    }

    /**
     * {@return the value that is left of one}
     *
     * @param value the value
     */
    public double rounded(double value) {
        int low = signed ? -SIGNED_MAX - 1 : 0;
        double code = Math.rint(value / scale) + zeroPoint;
        return (Math.max(low, Math.min(low + STEPS, code)) - zeroPoint) * scale;
    }
}
