package org.elasticvision.convert.onnx.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HalfTest {
    private static final int FINITE = 0x7C00;

    /** The values are those of the examples in IEEE 754's binary16 format. */
    @ParameterizedTest
    @CsvSource({
        "0x0000, 0", "0x0001, 5.9604645e-8", "0x03FF, 6.097555e-5", "0x0400, 6.1035156e-5", "0x3555, 0.33325195",
        "0x3BFF, 0.9995117", "0x3C00, 1", "0x3C01, 1.0009766", "0x7BFF, 65504", "0xC000, -2"
    })
    void knownValues(String bits, float value) {
        assertThat(Half.toFloat(Integer.decode(bits).shortValue())).isEqualTo(value);
        assertThat(Half.of(value)).isEqualTo(Integer.decode(bits).shortValue());
    }

    @Test
    void everyHalfComesBack() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            short half = (short) bits;
            float value = Half.toFloat(half);
            if (Float.isNaN(value)) {
                assertThat(Half.toFloat(Half.of(value))).isNaN();
            } else {
                assertThat(Half.of(value)).isEqualTo(half);
            }
        }
    }

    @Test
    void roundsToTheNearestAndTiesToEven() {
        for (int bits = 0; bits < FINITE - 1; bits++) {
            float low = Half.toFloat((short) bits);
            float high = Half.toFloat((short) (bits + 1));
            float middle = (low + high) / 2; // exact: a half has 11 bits, a float 24
            int even = (bits & 1) == 0 ? bits : bits + 1;
            assertThat(Half.of(middle)).isEqualTo((short) even);
            assertThat(Half.of(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Half.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(Half.of(-middle)).isEqualTo((short) (even | 0x8000));
        }
    }

    @Test
    void whatIsTooLargeIsInfinite() {
        assertThat(Half.toFloat(Half.of(65519.996f))).isEqualTo(Half.MAX);
        assertThat(Half.toFloat(Half.of(65520))).isInfinite();
        assertThat(Half.toFloat(Half.of(Float.MAX_VALUE))).isInfinite();
        assertThat(Half.toFloat(Half.of(Float.NEGATIVE_INFINITY))).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
        assertThat(Half.of(-0f)).isEqualTo((short) 0x8000);
        assertThat(Half.of(Float.MIN_VALUE)).isZero();
    }
}
