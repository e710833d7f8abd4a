package org.elasticvision.convert.onnx.graph;

/** IEEE 754 half precision, which Java has no type for before version 20. */
public final class Half {
    /** The largest finite value. */
    public static final float MAX = 65504;

    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7C00;
    private static final int QUIET_NAN = 0x7E00;
    private static final int MANTISSA = 10;
    private static final int BIAS = 15;
    /** The exponent of the smallest normal number. */
    private static final int SMALLEST = -14;

    private Half() {}

    /**
     * {@return the nearest half to a float, ties to even; infinite past {@link #MAX} and half a step}
     *
     * @param value the value
     */
    public static short of(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | QUIET_NAN);
        }
        if (size >= MAX + 16) {
            return (short) (sign | INFINITY);
        }
        int exponent = size == 0 ? SMALLEST : Math.max(Math.getExponent(size), SMALLEST);
        // In steps of the exponent's last place; scaling by a power of two is exact, so this rounds once.
        int steps = (int) Math.rint(Math.scalb((double) size, MANTISSA - exponent));
        // A normal number has 2^10 steps or more: they are the implicit bit, and adding carries into the exponent.
        return (short) (sign | ((exponent - SMALLEST) << MANTISSA) + steps);
    }

    /**
     * {@return the float of the same value}
     *
     * @param half its 16 bits
     */
    public static float toFloat(short half) {
        int bits = half & 0xFFFF;
        int exponent = bits >> MANTISSA & 0x1F;
        int mantissa = bits & 0x3FF;
        float size;
        if (exponent == 0x1F) {
            size = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            size = Math.scalb((float) mantissa, SMALLEST - MANTISSA);
        } else {
            size = Math.scalb((float) (mantissa | 1 << MANTISSA), exponent - BIAS - MANTISSA);
        }
        return (bits & SIGN) == 0 ? size : -size;
    }
}
