package org.elasticvision.train.torch;

import java.util.Arrays;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Autocast on the CPU; the GPU's is the same code. */
class MixedPrecisionTest {
    private static final int STEPS = 8;

    private static double[] losses(Task task, TorchOptions options) {
        Batch batch = Trainers.batch(task, 4, 32, 1);
        double[] losses = new double[STEPS];
        try (TorchTrainer trainer = Trainers.of(Architecture.of("resnext_tiny_elastic"), task, options)) {
            double rate = task == Task.MULTI_LABEL ? 0.001 : 0.05;
            double[] rates = new double[trainer.groups().size()];
            Arrays.fill(rates, rate);
            for (int i = 0; i < STEPS; i++) {
                losses[i] = trainer.accumulate(batch).loss();
                trainer.update(rates);
            }
        }
        return losses;
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void bfloat16LearnsNearlyAsFloat32(Task task) {
        double[] exact = losses(task, TorchOptions.defaults());
        double[] mixed = losses(task, TorchOptions.defaults().withPrecision(TrainingPrecision.BFLOAT16));
        double[] again = losses(
                task,
                TorchOptions.defaults()
                        .withPrecision(TrainingPrecision.BFLOAT16)
                        .withActivationCheckpointing(true));
        assertThat(mixed).isNotEqualTo(exact);
        assertThat(mixed[0]).isEqualTo(exact[0], within(0.03 * exact[0]));
        assertThat(again[0]).isEqualTo(mixed[0]);
        for (double[] learnt : new double[][] {exact, mixed, again}) {
            assertThat(learnt[STEPS - 1]).isLessThan(0.9 * learnt[0]);
        }
    }
}
