package org.elasticvision.train.progress;

import java.util.List;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Schedule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is printed is what the optimiser was given. */
class LearningRatesTest {
    private static final int STEPS = 8;

    private static String printed(Task task, int accumulate, double head, Schedule schedule, int epoch) {
        Recipe recipe = Recipe.published(task, Architecture.of("resnext_tiny_elastic"))
                .with(changes -> changes.epochs(2)
                        .batchSize(8)
                        .accumulationSteps(accumulate)
                        .learningRate(0.1)
                        .headMultiplier(head)
                        .weightDecay(1e-4)
                        .schedule(schedule));
        return LearningRates.of(task, recipe, (long) epoch * STEPS, (epoch + 1L) * STEPS - 1, STEPS)
                .toString();
    }

    @Test
    void aRateThatFallsInsideAnEpochIsPrintedFromFirstToLast() {
        Schedule quarters = new Schedule.Steps(List.of(0.25, 0.5, 0.75));
        assertThat(printed(Task.CLASSIFICATION, 1, 1, quarters, 0)).isEqualTo("0.100 to 0.0100");
        assertThat(printed(Task.CLASSIFICATION, 1, 1, new Schedule.Steps(List.of(0.5)), 1))
                .isEqualTo("0.0100");
    }

    @Test
    void ofABatchInPartsItIsThatOfAPart() {
        assertThat(printed(Task.CLASSIFICATION, 4, 1, new Schedule.Steps(List.of()), 0))
                .isEqualTo("0.0250");
    }

    @Test
    void theHeadHasItsOwn() {
        assertThat(printed(Task.SEGMENTATION, 1, 10, new Schedule.Steps(List.of()), 0))
                .isEqualTo("0.100, head 1.00");
        assertThat(printed(Task.SEGMENTATION, 1, 1, new Schedule.Steps(List.of()), 0))
                .isEqualTo("0.100");
    }
}
