package org.elasticvision.runtime.metrics.confusion;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfusionMatrixTest {
    private final ConfusionMatrix matrix = ConfusionMatrix.of(new long[] {7, 2, 2, 0, 5, 0, 9, 0, 0}, 3);

    @Test
    void eachClassHasItsTotalsAndWhatItIsTakenForMost() {
        assertThat(matrix.byClass())
                .containsExactly(
                        new ClassConfusion(0, 11, 7, Optional.of(new Confusion(0, 1, 2))), // the lower index
                        new ClassConfusion(1, 5, 5, Optional.empty()),
                        new ClassConfusion(2, 9, 0, Optional.of(new Confusion(2, 0, 9))));
        assertThat(matrix.byClass().get(0).accuracy()).isEqualTo(100 * 7 / 11.0);
        assertThat(new ConfusionMatrix(1, List.of()).byClass().get(0).accuracy())
                .isZero();
    }

    @Test
    void theWorstAreTheMostFrequentWrongAnswers() {
        assertThat(matrix.worst(2)).containsExactly(new Confusion(2, 0, 9), new Confusion(0, 1, 2));
        assertThat(matrix.worst(10)).hasSize(3);
    }

    @Test
    void equalCountsGiveEqualMatricesInWhateverOrder() {
        assertThat(new ConfusionMatrix(2, List.of(new Confusion(1, 0, 4), new Confusion(0, 1, 3))))
                .isEqualTo(ConfusionMatrix.of(new long[] {0, 3, 4, 0}, 2));
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> new ConfusionMatrix(2, List.of(new Confusion(0, 2, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are 2 classes");
        assertThatThrownBy(() -> new ConfusionMatrix(2, List.of(new Confusion(0, 1, 1), new Confusion(0, 1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("counted twice");
        assertThatThrownBy(() -> new Confusion(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
