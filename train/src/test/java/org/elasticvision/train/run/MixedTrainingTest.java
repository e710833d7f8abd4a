package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs whose images are mixed with each other. */
class MixedTrainingTest {
    private static final TrainingListener NOBODY = new TrainingListener() {};

    @TempDir
    private Path folder;

    private final int threads = TorchThreads.get();

    @AfterEach
    void restoreThreads() {
        TorchThreads.set(threads);
    }

    /** In the middle of an epoch, with batches in parts, in float64. */
    @ParameterizedTest
    @CsvSource({"CLASSIFICATION, 2, 1, FLOAT32", "CLASSIFICATION, 1, 2, FLOAT32", "MULTI_LABEL, 2, 1, FLOAT64"})
    void mixingGoesOnAsIfTheRunHadNotBeenStopped(
            Task task, int stopAfter, int accumulate, TrainingPrecision precision) {
        TorchThreads.set(1);
        Recipe recipe = Jobs.recipe(1, 8, accumulate)
                .with(one -> one.labelSmoothing(task == Task.CLASSIFICATION ? 0.1 : 0)
                        .learningRate(0.003));
        List<Path> ends = new ArrayList<>();
        for (String name : List.of("whole", "parts")) {
            TrainingJob plain = Jobs.of(task, folder.resolve(name), recipe);
            TrainingJob job = Jobs.mixing(new TrainingJob(
                    plain.settings(),
                    plain.training(),
                    plain.validation(),
                    plain.torch().withPrecision(precision),
                    plain.folder()));
            StopSignal stop = new StopSignal();
            TrainingListener stopping = new TrainingListener() {
                @Override
                public void step(EpochProgress progress) {
                    if (name.equals("parts") && progress.step() == stopAfter) {
                        stop.stop();
                    }
                }
            };
            TrainingResult result = Training.start(job, stopping, stop);
            ends.add((result.finished() ? result : Training.resume(job, NOBODY, new StopSignal())).last());
        }
        TrainingTest.assertSameTensors(ends.get(1), ends.get(0));
        TrainingJob unmixed = Jobs.of(task, folder.resolve("unmixed"), recipe);
        Path other = Training.start(unmixed, NOBODY, new StopSignal()).last();
        try (TrainingCheckpoint first = TrainingCheckpoint.open(other);
                TrainingCheckpoint second = TrainingCheckpoint.open(ends.get(0))) {
            assertThat(first.tensor("conv1.weight").toFloats())
                    .isNotEqualTo(second.tensor("conv1.weight").toFloats());
        }
    }

    @Test
    void learnsFromMixedImages() {
        TrainingJob job = Jobs.mixing(Jobs.of(Task.CLASSIFICATION, folder, Jobs.learning(Task.CLASSIFICATION)));
        TrainingResult result = Training.start(job, NOBODY, new StopSignal());
        assertThat(result.bestError()).isLessThan(20);
        EpochSummary last = result.epochs().get(result.epochs().size() - 1);
        assertThat(last.training().loss())
                .as("mixed images cannot be known for sure")
                .isGreaterThan(last.validation().loss());
    }
}
