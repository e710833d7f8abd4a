package org.elasticvision.runtime.explain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeatMapTest {
    @Test
    void betweenTheCentresOfCellsItIsInterpolatedBeyondThemItStays() {
        HeatMap map = new HeatMap(2, 2, new float[] {0, 4, 8, 12});
        assertThat(map.at(0.25, 0.25)).isZero();
        assertThat(map.at(0.5, 0.5)).isEqualTo(6);
        assertThat(map.at(0.75, 0.5)).isEqualTo(8);
        assertThat(map.at(1, 1)).isEqualTo(12);
        assertThat(map.at(0, 1)).isEqualTo(8);
        assertThat(map.mean()).isEqualTo(6);
        assertThat(map).hasToString("HeatMap 2x2 from 0.0 to 12.0");
        HeatMap cell = new HeatMap(1, 1, new float[] {3});
        assertThat(cell.at(0, 0.7)).isEqualTo(3);
        assertThat(new HeatMap(3, 1, new float[] {0, 1, 2}).at(1, 0)).isEqualTo(2);
    }

    @Test
    void aMapHasAsManyValuesAsCells() {
        assertThatThrownBy(() -> new HeatMap(2, 2, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 values are not a map of 2x2 cells");
        assertThatThrownBy(() -> new HeatMap(0, 2, new float[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
