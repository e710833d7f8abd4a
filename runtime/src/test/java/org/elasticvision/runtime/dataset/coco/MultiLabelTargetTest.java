package org.elasticvision.runtime.dataset.coco;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MultiLabelTargetTest {
    @Test
    void aClassIsPresentIfItIsAtAnySize() {
        MultiLabelTarget target =
                MultiLabelTarget.of(new boolean[][] {{false, true, false}, {false, true, false}, {true, false, false}});
        assertThat(target.classes()).isEqualTo(3);
        assertThat(target.isPresent(1, ObjectSize.SMALL)).isTrue();
        assertThat(target.isPresent(1, ObjectSize.MEDIUM)).isTrue();
        assertThat(target.isPresent(1, ObjectSize.LARGE)).isFalse();
        assertThat(target.toFloats()).containsExactly(1, 1, 0);
        assertThat(target).hasToString("classes {0, 1} of 3");
    }

    @Test
    void tablesAndClassesMustFit() {
        assertThatThrownBy(() -> MultiLabelTarget.of(new boolean[2][4])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MultiLabelTarget.of(new boolean[][] {{true}, {true, false}, {true}}))
                .isInstanceOf(IllegalArgumentException.class);
        MultiLabelTarget target = MultiLabelTarget.of(new boolean[3][4]);
        assertThatThrownBy(() -> target.isPresent(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> target.isPresent(-1, ObjectSize.LARGE)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, SMALL", "1023.99, SMALL", "1024, MEDIUM", "9215.99, MEDIUM", "9216, LARGE", "1e9, LARGE"})
    void sizesAreByArea(double area, ObjectSize size) {
        assertThat(ObjectSize.of(area)).isEqualTo(size);
    }
}
