package org.elasticvision.train.torch;

import java.util.Arrays;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Training with blocks that are computed again does what training without does. */
class ActivationCheckpointingTest {
    private static final TorchOptions FLOAT64 =
            TorchOptions.defaults().withPrecision(TrainingPrecision.FLOAT64).withChannelsLast(false);

    @ParameterizedTest
    @CsvSource({
        "resnext_tiny_elastic, CLASSIFICATION, 32",
        "resnext_tiny_elastic, SEGMENTATION, 33",
        "dla60x_elastic, SEGMENTATION, 33"
    })
    void leavesTheSameWeights(Architecture architecture, Task task, int side) {
        Batch batch = Trainers.batch(task, 2, side, 1);
        try (TorchTrainer kept = Trainers.of(architecture, task, FLOAT64);
                TorchTrainer again = Trainers.of(architecture, task, FLOAT64.withActivationCheckpointing(true))) {
            double[] rates = new double[kept.groups().size()];
            Arrays.fill(rates, 0.1);
            StepResult expected = kept.accumulate(batch);
            StepResult actual = again.accumulate(batch);
            assertThat(actual).isEqualTo(expected);
            kept.update(rates);
            again.update(rates);
            int changed = 0;
            for (TensorSpec tensor : kept.network().tensors()) {
                double[] values = kept.toDoubles(tensor.name());
                double norm = norm(values);
                assertThat(again.toDoubles(tensor.name())).as(tensor.name()).hasSameSizeAs(values);
                double[] others = again.toDoubles(tensor.name());
                for (int i = 0; i < values.length; i++) {
                    assertThat(others[i]).as(tensor.name()).isEqualTo(values[i], within(1e-13 * norm));
                }
                changed += kept.optimizerTensors().entries(tensor.name()).size();
                assertThat(again.optimizerTensors().entries(tensor.name()))
                        .as("momentum of %s", tensor.name())
                        .isEqualTo(kept.optimizerTensors().entries(tensor.name()));
            }
            assertThat(changed).isGreaterThan(50);
        }
    }

    private static double norm(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
