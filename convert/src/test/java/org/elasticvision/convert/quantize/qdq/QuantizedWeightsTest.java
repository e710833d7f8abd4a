package org.elasticvision.convert.quantize.qdq;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class QuantizedWeightsTest {
    private static final float[] NO_BIAS = new float[4];

    @ParameterizedTest
    @EnumSource(Int8Weights.class)
    void everyWeightIsWithinHalfAStepOrAStepWhereAPairGaveIn(Int8Weights form) {
        float[] weights = random(4 * 6 * 9, 3);
        QuantizedWeights quantized = QuantizedWeights.of(weights, 4, 9, form, NO_BIAS);
        for (int i = 0; i < weights.length; i++) {
            float scale = quantized.scales()[i / 54];
            float allowed = form == Int8Weights.PAIR_SAFE ? 1.001f * scale : 0.501f * scale;
            assertThat(quantized.codes()[i] * scale).isEqualTo(weights[i], within(allowed));
        }
    }

    @Test
    void eachOutputUsesAllCodes() {
        QuantizedWeights full = QuantizedWeights.of(random(4 * 6, 1), 4, 1, Int8Weights.FULL, NO_BIAS);
        QuantizedWeights seven = QuantizedWeights.of(random(4 * 6, 1), 4, 1, Int8Weights.SEVEN_BITS, NO_BIAS);
        for (int output = 0; output < 4; output++) {
            assertThat(largest(full, output, 6)).isEqualTo(127);
            assertThat(largest(seven, output, 6)).isEqualTo(63);
        }
    }

    /** Neighbours are inputs 0 and 1, 2 and 3 and so on, at the same position of the kernel. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9})
    void noPairIsTooLarge(int positions) {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int inputs = 1 + random.nextInt(9);
            float[] weights = new float[4 * inputs * positions];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextFloat() * (random.nextInt(3) == 0 ? -1 : 1);
            }
            byte[] codes = QuantizedWeights.of(weights, 4, positions, Int8Weights.PAIR_SAFE, NO_BIAS)
                    .codes();
            for (int output = 0; output < 4; output++) {
                for (int input = 0; input + 1 < inputs; input += 2) {
                    for (int position = 0; position < positions; position++) {
                        int at = (output * inputs + input) * positions + position;
                        assertThat(codes[at] + codes[at + positions]).isBetween(-128, 128);
                    }
                }
            }
        }
    }

    @Test
    void signsThatDifferNeedNoRoom() {
        float[] weights = {1, -1, 0.5f, -0.5f};
        QuantizedWeights quantized = QuantizedWeights.of(weights, 1, 1, Int8Weights.PAIR_SAFE, new float[1]);
        assertThat(quantized.codes()).containsExactly(127, -127, 64, -64);
    }

    /**
     * Weights of which both are rounded up, to 129 in all: the one gives in that was rounded further. Two of a pair lie a kernel apart, and the one
     * pair of four that is too large may be any.
     */
    @ParameterizedTest
    @CsvSource({
        "0.61543906, 0.6251311, 63, 65",
        "0.48313394, 0.5063243, 63, 65",
        "-0.61543906, -0.6251311, -63, -65",
        "0.6251311, 0.61543906, 65, 63",
        "-0.5063243, -0.48313394, -65, -63"
    })
    void ofAPairThatIsRoundedUpTooFarOneGivesIn(float one, float other, int codeOfOne, int codeOfOther) {
        for (int positions : new int[] {1, 2, 4}) {
            for (int place = 0; place < positions; place++) {
                float[] weights = new float[4 * positions];
                int at = 2 * positions + place;
                weights[at] = one;
                weights[at + positions] = other;
                byte[] codes = QuantizedWeights.of(weights, 1, positions, Int8Weights.PAIR_SAFE, NO_BIAS)
                        .codes();
                byte[] expected = new byte[weights.length];
                expected[at] = (byte) codeOfOne;
                expected[at + positions] = (byte) codeOfOther;
                assertThat(codes).isEqualTo(expected);
                byte[] second = QuantizedWeights.of(twice(weights), 2, positions, Int8Weights.PAIR_SAFE, NO_BIAS)
                        .codes();
                assertThat(Arrays.copyOfRange(second, weights.length, second.length))
                        .isEqualTo(expected);
            }
        }
        byte[] full = QuantizedWeights.of(new float[] {one, other}, 1, 1, Int8Weights.FULL, NO_BIAS)
                .codes();
        assertThat(Math.max(Math.abs(full[0]), Math.abs(full[1])))
                .as("no pairs")
                .isEqualTo(127);
    }

    private static float[] twice(float[] weights) {
        float[] twice = Arrays.copyOf(weights, 2 * weights.length);
        System.arraycopy(weights, 0, twice, weights.length, weights.length);
        return twice;
    }

    /** 128 is what 16 bits hold of 255 times a pair. */
    @Test
    void aPairThatJustFitsStays() {
        byte[] codes = QuantizedWeights.of(new float[] {64, 64, -1, -127}, 1, 1, Int8Weights.PAIR_SAFE, NO_BIAS)
                .codes();
        assertThat(codes).containsExactly(64, 64, -1, -127);
    }

    @Test
    void noWeightsAtAllAreZeros() {
        QuantizedWeights quantized = QuantizedWeights.of(new float[4], 2, 1, Int8Weights.FULL, new float[2]);
        assertThat(quantized.codes()).containsOnly(0);
        assertThat(quantized.scales()[0]).isPositive();
    }

    @Test
    void aLargeBiasWidensTheScale() {
        QuantizedWeights quantized =
                QuantizedWeights.of(new float[] {1, 1}, 2, 1, Int8Weights.FULL, new float[] {0, 0.5f});
        assertThat(quantized.scales()).containsExactly(1f / 127, 0.5f);
        assertThat(quantized.codes()).containsExactly(127, 2);
    }

    @Test
    void whatIsAllTheSameIsKnown() {
        QuantizedWeights pool = QuantizedWeights.of(
                new float[] {0.25f, 0.25f, 0.25f, 0.25f}, 2, 2, Int8Weights.PAIR_SAFE, new float[2]);
        assertThat(pool.isUniform()).isTrue();
        assertThat(pool.hasOneScale()).isTrue();
        QuantizedWeights other = QuantizedWeights.of(new float[] {1, 2, -2, 4}, 2, 1, Int8Weights.FULL, new float[2]);
        assertThat(other.isUniform()).isFalse();
        assertThat(other.hasOneScale()).isFalse();
    }

    private static int largest(QuantizedWeights weights, int output, int length) {
        int largest = 0;
        for (int i = output * length; i < (output + 1) * length; i++) {
            largest = Math.max(largest, Math.abs(weights.codes()[i]));
        }
        return largest;
    }

    private static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
