package org.elasticvision.convert.quantize.calibration;

import java.util.Random;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void everyValueIsInItsBinOrZero() {
        histogram.add(new float[] {0, 0.25f, -0.25f, 0.999f, -0f});
        assertThat(histogram.count()).isEqualTo(5);
        assertThat(histogram.zeros()).isEqualTo(2);
        assertThat(histogram.min()).isEqualTo(-0.25f);
        assertThat(histogram.max()).isEqualTo(0.999f);
        assertThat(histogram.width() * Histogram.HALF).isEqualTo(1); // the least power of two above them
        assertThat(histogram.bin(Histogram.HALF + Histogram.HALF / 4)).isEqualTo(1);
        assertThat(histogram.bin(Histogram.HALF - Histogram.HALF / 4)).isEqualTo(1);
        assertThat(histogram.bin(2 * Histogram.HALF - 3)).isEqualTo(1);
    }

    @Test
    void growsWithoutLosingAnything() {
        Histogram once = new Histogram();
        float[] small = gaussian(1000, 1);
        float[] large = gaussian(1000, 700);
        once.add(large);
        once.add(small);
        histogram.add(small);
        histogram.add(large);
        assertThat(histogram.width()).isEqualTo(once.width());
        for (int i = 0; i < 2 * Histogram.HALF; i++) {
            assertThat(histogram.bin(i)).as("bin %d", i).isEqualTo(once.bin(i));
        }
        assertThat(total(histogram) + histogram.zeros()).isEqualTo(2000);
    }

    /** A power of two itself is the first value of the next one. */
    @Test
    void binsReachToThePowerOfTwoAboveAllValues() {
        histogram.add(new float[] {0.5f, 0.75f});
        assertThat(histogram.width() * Histogram.HALF).isEqualTo(1);
        histogram.add(new float[] {-1});
        assertThat(histogram.width() * Histogram.HALF).isEqualTo(2);
        assertThat(histogram.bin(Histogram.HALF + Histogram.HALF / 4)).as("0.5").isEqualTo(1);
        assertThat(histogram.bin(Histogram.HALF + Histogram.HALF / 8 * 3))
                .as("0.75")
                .isEqualTo(1);
        assertThat(histogram.bin(Histogram.HALF / 2)).as("-1").isEqualTo(1);
        assertThat(histogram.middle(Histogram.HALF)).isEqualTo(histogram.width() / 2);
        assertThat(histogram.middle(Histogram.HALF - 1)).isEqualTo(-histogram.width() / 2);
        assertThat(histogram.middle(0)).isEqualTo(-2 + histogram.width() / 2);
    }

    @Test
    void neighboursAreOneBinWhereBinsGetTwiceAsWide() {
        histogram.add(new float[] {100.5f / 2048, 101.5f / 2048, -100.5f / 2048, -99.5f / 2048, 0.99f});
        histogram.add(new float[] {1.5f});
        assertThat(histogram.bin(Histogram.HALF + 50)).isEqualTo(2);
        assertThat(histogram.bin(Histogram.HALF - 51)).isEqualTo(1);
        assertThat(histogram.bin(Histogram.HALF - 50)).isEqualTo(1);
        assertThat(total(histogram)).isEqualTo(6);
    }

    @Test
    void valuesTooFarApartToSubtractAreRefused() {
        assertThatThrownBy(() -> histogram.add(new float[] {-3e38f, 3e38f})).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void onlyZerosHaveNoWidth() {
        histogram.add(new float[3]);
        assertThat(histogram.zeros()).isEqualTo(3);
        assertThat(histogram.width()).isZero();
        assertThat(Calibrator.MINMAX.range(histogram)).isEqualTo(new Range(0, 0));
        assertThat(Calibrator.PERCENTILE.range(histogram)).isEqualTo(new Range(0, 0));
        assertThat(Calibrator.ENTROPY.range(histogram)).isEqualTo(new Range(0, 0));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNoNumberIsRefused(float value) {
        assertThatThrownBy(() -> histogram.add(new float[] {1, value, 2})).isInstanceOf(ArithmeticException.class);
        assertThat(histogram.count()).isZero();
    }

    /** Of values spread evenly over 8 bits the noise is that of rounding: a twelfth of a step squared. */
    @Test
    void noiseOfEvenValuesIsThatOfRounding() {
        float[] even = new float[100_000];
        for (int i = 0; i < even.length; i++) {
            even[i] = (i + 0.5f) / even.length;
        }
        histogram.add(even);
        ActivationScale scale = ActivationScale.of(new Range(0, 1), Int8Target.CPU);
        double expected = 10 * Math.log10(1 / 3.0 / (1 / (12 * 255.0 * 255)));
        assertThat(histogram.signalToNoise(scale)).isEqualTo(expected, within(0.2));
    }

    static float[] gaussian(int count, double deviation) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private static long total(Histogram histogram) {
        long total = 0;
        for (int i = 0; i < 2 * Histogram.HALF; i++) {
            total += histogram.bin(i);
        }
        return total;
    }
}
