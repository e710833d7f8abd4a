package org.elasticvision.convert.compare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AgreementTest {
    private final Agreement agreement = new Agreement();

    @Test
    void errorsAreOverAllInputs() {
        agreement.add(new float[] {1, -4}, new float[] {1.5f, -4}, 2);
        agreement.add(new float[] {2, 3}, new float[] {2, 1}, 2);
        assertThat(agreement.maxError()).isEqualTo(2);
        assertThat(agreement.meanError()).isEqualTo(2.5 / 4);
        assertThat(agreement.maxExpected()).isEqualTo(4);
        assertThat(agreement.relativeError()).isEqualTo(0.5);
        assertThat(agreement.top1()).isEqualTo(0.5);
        double dot = 1.5 + 16 + 4 + 3;
        assertThat(agreement.cosine())
                .isEqualTo(dot / Math.sqrt((1 + 16 + 4 + 9) * (2.25 + 16 + 4 + 1)), within(1e-12));
    }

    @Test
    void everyPositionOfAPictureIsADecision() {
        // Classes are rows, positions columns: the best are 0, 1, 1 and 0, 1, 0.
        float[] expected = {5, 0, 1, 4, 1, 2};
        float[] actual = {5, 0, 3, 4, 1, 2};
        agreement.add(expected, actual, 2);
        assertThat(agreement.top1()).isEqualTo(2.0 / 3);
    }

    @Test
    void theFirstOfEqualsIsTheBest() {
        agreement.add(new float[] {1, 1}, new float[] {1, 0}, 2);
        assertThat(agreement.top1()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 2, 1, 2", "1, NaN, 1, 2", "1, 2, NaN, 2", "1, 2, 1, NaN", "NaN, 2, NaN, 2"})
    void aNotANumberIsAnInfiniteErrorAndNoAgreement(float expected0, float expected1, float actual0, float actual1) {
        agreement.add(new float[] {7, 8}, new float[] {7, 8}, 2);
        agreement.add(new float[] {expected0, expected1}, new float[] {actual0, actual1}, 2);
        assertThat(agreement.maxError()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(agreement.meanError()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(agreement.relativeError()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(agreement.maxExpected()).isEqualTo(8);
        assertThat(agreement.cosine()).isNaN();
        assertThat(agreement.top1()).isEqualTo(0.5);
    }

    @Test
    void zerosAgreeWithZerosAlone() {
        agreement.add(new float[3], new float[3], 3);
        assertThat(agreement.relativeError()).isZero();
        assertThat(agreement.cosine()).isEqualTo(1);
        agreement.add(new float[3], new float[] {0, 0.25f, 0}, 3);
        assertThat(agreement.relativeError()).isEqualTo(0.25);
        assertThat(agreement.cosine()).isNaN();
    }

    @Test
    void outputsOfDifferentSizesCannotBeCompared() {
        assertThatThrownBy(() -> agreement.add(new float[4], new float[6], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 and 6 values");
        assertThatThrownBy(() -> agreement.add(new float[4], new float[4], 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 classes");
    }
}
