package org.elasticvision.runtime.engine.onednn.network;

/**
 * How 8-bit codes stand for numbers: {@code (code - zero) * scale}.
 *
 * @param scale above 0
 * @param zero the code of 0
 * @param signed whether codes go from -128 to 127, else from 0 to 255
 */
public record Quantization(float scale, int zero, boolean signed) {
    /** {@return whether there is no code for a number below 0, so that quantizing does what a ReLU does} */
    boolean endsAtZero() {
        return zero <= (signed ? Byte.MIN_VALUE : 0);
    }
}
