package org.elasticvision.train.recipe;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Learning rates as the published scripts print them. */
class ScheduleTest {
    private static final Architecture ANY = Architecture.of("resnext50_elastic");

    private static List<Double> published(String task) throws IOException {
        try (InputStream in = ScheduleTest.class.getResourceAsStream("learning_rates.json")) {
            Map<String, List<Double>> all =
                    new Gson().fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8), new TypeToken<>() {});
            return all.get(task);
        }
    }

    @Test
    void classificationFallsToATenthEvery30Epochs() throws IOException {
        checkEveryEpoch(Recipe.published(Task.CLASSIFICATION, ANY), published("classification"));
    }

    @Test
    void multiLabelFallsAfter24And30Epochs() throws IOException {
        checkEveryEpoch(Recipe.published(Task.MULTI_LABEL, ANY), published("multilabel"));
    }

    private static void checkEveryEpoch(Recipe recipe, List<Double> expected) {
        int steps = 11;
        assertThat(recipe.epochs()).isEqualTo(expected.size());
        for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
            for (int step : new int[] {0, steps - 1}) {
                assertThat(recipe.learningRate((long) epoch * steps + step, steps))
                        .as("epoch %d, step %d", epoch, step)
                        .isEqualTo(expected.get(epoch), within(1e-12));
            }
        }
    }

    @Test
    void segmentationFallsWithEveryStep() throws IOException {
        Recipe recipe = Recipe.published(Task.SEGMENTATION, ANY);
        List<Double> expected = published("segmentation");
        int steps = expected.size() / recipe.epochs();
        for (int step = 0; step < expected.size(); step++) {
            assertThat(recipe.learningRate(step, steps)).isEqualTo(expected.get(step), within(1e-12));
        }
    }

    @Test
    void warmUpRisesToTheScheduleAndLeavesTheRestAlone() {
        Recipe recipe = Recipe.published(Task.CLASSIFICATION, ANY).with(changes -> changes.epochs(4)
                .batchSize(8)
                .learningRate(0.2)
                .weightDecay(0)
                .schedule(new Schedule.Steps(List.of(0.5)))
                .warmupEpochs(1));
        assertThat(recipe.learningRate(0, 9)).isEqualTo(0.02, within(1e-15));
        assertThat(recipe.learningRate(8, 9)).isEqualTo(0.18, within(1e-15));
        assertThat(recipe.learningRate(9, 9)).isEqualTo(0.2);
        assertThat(recipe.learningRate(18, 9)).isEqualTo(0.02, within(1e-15));
    }

    /** As many epochs as there may be. */
    @Test
    void afterEpochsIsStepsAtTheirPartsOfTheRun() {
        Schedule after = new Schedule.AfterEpochs(List.of(2, 5));
        for (int epochs : new int[] {6, 7, 10}) {
            Schedule steps = new Schedule.Steps(List.of(2.0 / epochs, 5.0 / epochs));
            for (int step = 0; step < 9 * epochs; step++) {
                assertThat(after.factor(step, 9, epochs)).isEqualTo(steps.factor(step, 9, epochs));
            }
            assertThat(after.describe(epochs)).isEqualTo(steps.describe(epochs));
        }
        assertThat(after.factor(29, 10, 3))
                .as("the later one is outside the run")
                .isEqualTo(0.1);
    }

    @Test
    void cosineEndsAtZero() {
        Schedule cosine = new Schedule.Cosine();
        assertThat(cosine.factor(0, 10, 2)).isEqualTo(1);
        assertThat(cosine.factor(10, 10, 2)).isEqualTo(0.5, within(1e-15));
        assertThat(cosine.factor(20, 10, 2)).isEqualTo(0, within(1e-15));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Schedule.Steps(List.of(1.0))).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new Schedule.AfterEpochs(List.of(3, 3))).hasMessageContaining("above 3");
        assertThatThrownBy(() -> new Schedule.Polynomial(0)).hasMessageContaining("above 0");
    }
}
