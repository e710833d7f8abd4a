package org.elasticvision.runtime.metrics.curve;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CalibrationTest {
    @Test
    void theErrorIsWeightedByCounts() {
        Calibration calibration = new Calibration();
        for (int i = 0; i < 6; i++) {
            calibration.add(0.9, i < 3); // 0.5 of them are right: 0.4 too confident
        }
        calibration.add(0.3, true); // 0.7 too modest
        calibration.add(0.3, true);
        assertThat(calibration.error()).isCloseTo((6 * 0.4 + 2 * 0.7) / 8, within(1e-12));
        Calibration.Bin bin = calibration.bins().get(13);
        assertThat(bin.count()).isEqualTo(6);
        assertThat(bin.accuracy()).isEqualTo(0.5);
        assertThat(bin.probability()).isCloseTo(0.9, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.06, 0", "0.067, 1", "0.2, 2", "0.5, 7", "0.94, 14", "1, 14"})
    void binsHaveTheirUpperEnds(double probability, int index) {
        Calibration calibration = new Calibration();
        calibration.add(probability, true);
        assertThat(calibration.bins())
                .hasSize(15)
                .filteredOn(bin -> bin.count() > 0)
                .extracting(Calibration.Bin::index)
                .containsExactly(index);
    }

    @Test
    void nothingHasNoError() {
        assertThat(new Calibration().error()).isZero();
    }
}
