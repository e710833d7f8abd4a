package org.elasticvision.runtime.engine.onednn.network;

import java.util.Objects;

/**
 * How 8-bit codes stand for numbers: {@code (code - zero) * scale}.
 *
 * @param scale above 0
 * @param zero the code of 0
 * @param signed whether codes go from -128 to 127, else from 0 to 255
 */
public record Quantization(float scale, int zero, boolean signed) {
    /** As Java would make it for a record, which takes it ten milliseconds of a program's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Quantization how
                && Float.compare(how.scale, scale) == 0
                && how.zero == zero
                && how.signed == signed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(scale, zero, signed);
    }

    /** {@return whether there is no code for a number below 0, so that quantizing does what a ReLU does} */
    boolean endsAtZero() {
        return zero <= (signed ? Byte.MIN_VALUE : 0);
    }
}
