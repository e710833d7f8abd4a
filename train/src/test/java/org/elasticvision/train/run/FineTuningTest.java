package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.MovingAverage;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.recipe.Stages;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Frozen stages, and runs that end for want of patience. */
class FineTuningTest {
    private static final TrainingListener QUIET = new TrainingListener() {};

    @TempDir
    private Path folder;

    @Test
    void whatIsFrozenStaysBitForBitAndTheRestLearns() {
        TrainingJob shape = Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(1, 8, 2));
        Network network = shape.architecture().network(Task.CLASSIFICATION, Jobs.CLASSES);
        List<String> frozen = Stages.first(network);
        Recipe recipe = Jobs.recipe(1, 8, 2).with(changes -> changes.frozenStages(frozen)
                .headMultiplier(5)
                .weightDecay(0.1)
                .ema(Optional.of(new MovingAverage(0.9, false))));
        TrainingResult result = Training.start(Jobs.of(Task.CLASSIFICATION, folder, recipe), QUIET, new StopSignal());
        Initialization before = new Initialization(network, 7);
        try (TrainingCheckpoint after = TrainingCheckpoint.open(result.last())) {
            int same = 0;
            for (TensorSpec spec : network.tensors()) {
                boolean isFrozen =
                        frozen.contains(spec.name().substring(0, spec.name().indexOf('.')));
                float[] expected = before.read(spec.name());
                if (isFrozen) {
                    same++;
                    assertThat(after.tensor(spec.name()).toFloats())
                            .as(spec.name())
                            .isEqualTo(expected);
                    assertThat(after.average(spec.name()).toFloats())
                            .as("average of " + spec.name())
                            .isEqualTo(expected);
                } else {
                    assertThat(after.tensor(spec.name()).toFloats())
                            .as(spec.name())
                            .isNotEqualTo(expected);
                }
            }
            assertThat(same).isGreaterThan(20);
            assertThat(after.groups()).hasSize(2);
            assertThat(after.groups().get(1).names()).containsExactly("fc.weight", "fc.bias");
        }
    }

    /** With so small a rate only the first epoch can be the best. */
    private TrainingJob stuck(int patience) {
        return Jobs.of(Task.CLASSIFICATION, folder, Jobs.recipe(9, 24, 1).with(changes -> changes.learningRate(1e-30)
                .freezeBatchNorm(true)
                .patience(OptionalInt.of(patience))));
    }

    @Test
    void aRunEndsAfterSoManyEpochsWithoutASmallerError() {
        TrainingResult result = Training.start(stuck(2), QUIET, new StopSignal());
        assertThat(result.finished()).isTrue();
        assertThat(result.epochs()).extracting(EpochSummary::epoch).containsExactly(1, 2, 3);
        TrainingResult again = Training.resume(stuck(2), QUIET, new StopSignal());
        assertThat(again.finished()).isTrue();
        assertThat(again.epochs()).isEmpty();
        TrainingResult more = Training.resume(stuck(3), QUIET, new StopSignal());
        assertThat(more.epochs()).extracting(EpochSummary::epoch).containsExactly(4);
    }

    @Test
    void patienceIsCountedOnAfterAResume() {
        StopSignal stop = new StopSignal();
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void epoch(EpochSummary summary) {
                if (summary.epoch() == 2) {
                    stop.stop();
                }
            }
        };
        assertThat(Training.start(stuck(2), stopping, stop).finished()).isFalse();
        TrainingResult rest = Training.resume(stuck(2), QUIET, new StopSignal());
        assertThat(rest.finished()).isTrue();
        assertThat(rest.epochs()).extracting(EpochSummary::epoch).containsExactly(3);
    }
}
