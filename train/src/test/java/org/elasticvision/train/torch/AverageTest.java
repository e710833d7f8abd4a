package org.elasticvision.train.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.elasticvision.train.torch.optimizer.ParameterGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.elasticvision.train.torch.CloseValues.assertClose;

/** The moving average of weights and statistics, against the same in Java's float64. */
class AverageTest {
    private static final Architecture TINY = Architecture.of("resnext_tiny_elastic");
    private static final int UPDATES = 6;

    private final Network network = TINY.network(Task.CLASSIFICATION, Trainers.CLASSES);
    private final Weights fresh = new Initialization(network, 1);

    @ParameterizedTest
    @CsvSource({"FLOAT64, false, 1e-13", "FLOAT64, true, 1e-13", "FLOAT32, true, 1e-6"})
    void isThatOfAllWeightsAndStatistics(TrainingPrecision precision, boolean warmup, double tolerance) {
        MovingAverage ema = new MovingAverage(0.8, warmup);
        Map<String, double[]> expected = new HashMap<>();
        try (TorchTrainer trainer = trainer(precision, Optional.of(fresh))) {
            for (int update = 1; update <= UPDATES; update++) {
                step(trainer, update);
                trainer.average(ema.decay(update));
                for (TensorSpec spec : network.tensors()) {
                    boolean counts = spec.role() == TensorSpec.Role.NUM_BATCHES_TRACKED;
                    double[] now = trainer.toDoubles(spec.name());
                    double decay = counts ? 0 : ema.decay(update);
                    expected.merge(spec.name(), now, (before, later) -> mean(before, later, decay));
                }
            }
            for (TensorSpec spec : network.tensors()) {
                double[] values = expected.get(spec.name());
                assertClose(spec.name(), trainer.averageToDoubles(spec.name()), values, tolerance);
            }
            assertThat(trainer.averageToDoubles("conv1.weight")).isNotEqualTo(trainer.toDoubles("conv1.weight"));
        }
    }

    @Test
    void answersInThePlaceOfTheWeightsAndChangesNoneOfThem() {
        try (TorchTrainer averaging = trainer(TrainingPrecision.FLOAT64, Optional.of(fresh));
                TorchTrainer plain = trainer(TrainingPrecision.FLOAT64, Optional.empty())) {
            for (int update = 1; update <= 3; update++) {
                step(averaging, update);
                averaging.average(0.5);
                step(plain, update);
            }
            assertThat(averaging.toDoubles("conv1.weight")).isEqualTo(plain.toDoubles("conv1.weight"));
            float[] ofAverage = averaging.logits(Trainers.batch(Task.CLASSIFICATION, 4, 32, 9));
            assertThat(ofAverage).isNotEqualTo(plain.logits(Trainers.batch(Task.CLASSIFICATION, 4, 32, 9)));
            try (TorchTrainer answering = TorchTrainer.answering(
                    network, name -> floats(averaging.averageToDoubles(name)), TorchOptions.defaults())) {
                assertThat(answering.logits(Trainers.batch(Task.CLASSIFICATION, 4, 32, 9)))
                        .containsExactly(ofAverage, within(1e-4f));
            }
            assertThatThrownBy(() -> plain.average(0.5)).isInstanceOf(NoSuchElementException.class);
        }
    }

    private TorchTrainer trainer(TrainingPrecision precision, Optional<Weights> average) {
        Recipe recipe = Recipe.published(Task.CLASSIFICATION, TINY);
        List<ParameterGroup> groups = ParameterGroups.of(network, Task.CLASSIFICATION, recipe);
        TrainerSettings settings = new TrainerSettings(groups, 0, new BatchNormSettings(false, Set.of()), average);
        return new TorchTrainer(network, fresh, settings, new TorchOptions(TorchDevice.CPU, precision, true, false));
    }

    private static void step(TorchTrainer trainer, int update) {
        trainer.accumulate(Trainers.batch(Task.CLASSIFICATION, 4, 32, update));
        trainer.update(0.1);
    }

    private static double[] mean(double[] before, double[] later, double decay) {
        double[] mean = new double[before.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = decay * before[i] + (1 - decay) * later[i];
        }
        return mean;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
