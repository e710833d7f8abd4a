package org.elasticvision.runtime.io;

/** Numbers of 16 bits, as IEEE 754 has them. Stateless. */
public final class Float16 {
    private static final int EXPONENTS = 0x1f;
    private static final int MANTISSA_BITS = 10;
    private static final float SMALLEST = 0x1p-24f;

    private Float16() {}

    /**
     * {@return the same number in 32 bits, exactly}
     *
     * @param half its bits
     */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> MANTISSA_BITS & EXPONENTS;
        int mantissa = half & 0x3ff;
        if (exponent == 0) {
            float value = mantissa * SMALLEST;
            return sign == 0 ? value : -value;
        }
        int wide = exponent == EXPONENTS ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
    }
}
