package org.elasticvision.convert.quantize.calibration;

import java.util.Arrays;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CalibratorTest {
    private final Histogram histogram = new Histogram();

    @Test
    void minmaxTakesAll() {
        histogram.add(new float[] {-3, 0, 7});
        assertThat(Calibrator.MINMAX.range(histogram)).isEqualTo(new Range(-3, 7));
    }

    @Test
    void zeroIsInEveryRange() {
        histogram.add(new float[] {2, 3});
        assertThat(Calibrator.MINMAX.range(histogram)).isEqualTo(new Range(0, 3));
    }

    /** One value in 10,000 may be outside at either end: of a million the 100 largest. */
    @Test
    void percentileLeavesOutTheOutermost() {
        float[] values = new float[1_000_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 50 ? 100 : i < 100 ? -90 : (float) (i % 2000 - 1000) / 1000;
        }
        histogram.add(values);
        Range range = Calibrator.PERCENTILE.range(histogram);
        assertThat(range.max()).isEqualTo(1, within((float) histogram.width()));
        assertThat(range.min()).isEqualTo(-1, within((float) histogram.width()));
    }

    @Test
    void percentileKeepsWhatIsNotRare() {
        float[] values = new float[10_000];
        values[0] = 5;
        values[1] = 5;
        histogram.add(values);
        assertThat(Calibrator.PERCENTILE.range(histogram).max()).isEqualTo(5);
    }

    /** Of 20,000 values two: those at the ends are left out, three are not. */
    @Test
    void percentileLeavesOutNoMoreThanItsShare() {
        float[] values = new float[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? 1 : -1;
        }
        Arrays.fill(values, 0, 2, 100);
        Arrays.fill(values, 2, 4, -100);
        histogram.add(values);
        Range range = Calibrator.PERCENTILE.range(histogram);
        assertThat(range.max()).isEqualTo((float) (1 + histogram.width()));
        assertThat(range.min()).isEqualTo(-1);
        Histogram more = new Histogram();
        Arrays.fill(values, 4, 5, 100);
        Arrays.fill(values, 5, 6, -100);
        more.add(values);
        assertThat(Calibrator.PERCENTILE.range(more)).isEqualTo(new Range(-100, 100));
    }

    @Test
    void percentileEndsAtZeroWhereOneSignIsRare() {
        float[] values = new float[20_000];
        Arrays.fill(values, -1);
        values[0] = 100;
        histogram.add(values);
        assertThat(Calibrator.PERCENTILE.range(histogram)).isEqualTo(new Range(-1, 0));
        Histogram other = new Histogram();
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        other.add(values);
        assertThat(Calibrator.PERCENTILE.range(other)).isEqualTo(new Range(0, 1));
    }

    /** A few far outliers of many values: telling the others apart is worth more. */
    @Test
    void entropyCutsOffALongTail() {
        float[] values = HistogramTest.gaussian(200_000, 1);
        for (int i = 0; i < 20; i++) {
            values[i] = 40 + i;
        }
        histogram.add(values);
        Range range = Calibrator.ENTROPY.range(histogram);
        assertThat(range.max()).isBetween(2f, 8f);
        assertThat(range.min()).isBetween(-8f, -2f);
    }

    /** As over the blank background of a picture: its value is frequent, but the others are what the picture shows. */
    @Test
    void entropyKeepsWhatLiesBeyondAFrequentValue() {
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 10 < 7 ? 1 : 4f * i / values.length;
        }
        histogram.add(values);
        assertThat(Calibrator.ENTROPY.range(histogram).max()).isGreaterThan(3.8f);
    }

    /** Nothing is rare among evenly spread values. */
    @ParameterizedTest
    @EnumSource(Calibrator.class)
    void evenValuesKeepTheirRange(Calibrator calibrator) {
        float[] values = new float[500_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 6f * i / values.length;
        }
        histogram.add(values);
        assertThat(calibrator.range(histogram).max()).isBetween(5.9f, 6f);
        assertThat(calibrator.range(histogram).min()).isZero();
    }

    @Test
    void rangesAreFiniteAndContainZero() {
        assertThatThrownBy(() -> new Range(1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Range(0, Float.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Range(Float.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cpusGetUnsignedCodesWithAZeroPoint() {
        ActivationScale scale = ActivationScale.of(new Range(-1, 3), Int8Target.CPU);
        assertThat(scale).isEqualTo(new ActivationScale(4f / 255, 64, false));
        assertThat(scale.rounded(0)).isZero();
        assertThat(scale.rounded(100)).isEqualTo(3, within(0.01));
        assertThat(scale.rounded(-100)).isEqualTo(-1, within(0.01));
    }

    @Test
    void tensorRtGetsSignedCodesWithoutOne() {
        ActivationScale scale = ActivationScale.of(new Range(-1, 3), Int8Target.TENSORRT);
        assertThat(scale).isEqualTo(new ActivationScale(3f / 127, 0, true));
        assertThat(scale.rounded(100)).isEqualTo(3, within(1e-6));
        assertThat(scale.rounded(-1)).isEqualTo(-1, within(0.012));
    }

    @ParameterizedTest
    @EnumSource(Int8Target.class)
    void ofNothingAnyScaleWillDo(Int8Target target) {
        assertThat(ActivationScale.of(new Range(0, 0), target).rounded(0)).isZero();
    }
}
