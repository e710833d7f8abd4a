package org.elasticvision.train.run;

import java.util.List;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.torch.TorchTrainer;

/** Writes the checkpoints of a run. */
final class RunSaver {
    private final TrainingJob job;
    private final CheckpointFolder folder;
    private final long updates;

    /** @param updates of an epoch */
    RunSaver(TrainingJob job, long updates) {
        this.job = job;
        this.folder =
                new CheckpointFolder(job.folder(), job.settings().results().checkpoints());
        this.updates = updates;
    }

    /** @param best whether the network is better than it ever was */
    void save(TorchTrainer trainer, RunState state, boolean best) {
        Recipe recipe = job.recipe();
        double next = recipe.learningRate(state.step, updates);
        double[] learningRates = ParameterGroups.learningRates(job.task(), recipe, next);
        TrainingSummary summary = new TrainingSummary(
                job.architecture(),
                ModelEntry.of(job.task(), job.labels(), job.preprocessing()),
                state.epoch,
                state.bestError,
                state.toValues(job, trainer.lossScale()));
        folder.save(summary, new TrainerTensors(trainer, job.torch().precision(), learningRates), best);
    }

    TrainingResult result(RunState state, List<EpochSummary> epochs) {
        return new TrainingResult(
                state.epoch >= job.recipe().epochs(), state.bestError, folder.lastFile(), folder.bestFile(), epochs);
    }
}
