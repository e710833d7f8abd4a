package org.elasticvision.train.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.torch.TorchTrainer;

/** Writes the checkpoints of a run. For the thread that trains. */
final class RunSaver implements AutoCloseable {
    private final TrainingJob job;
    private final CheckpointFolder folder;
    private final long updates;
    private final int ranks;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "elastic-checkpoint");
        thread.setDaemon(true);
        return thread;
    });
    private Future<?> writing;
    private long lastStep;
    private long lastTime = System.nanoTime();

    /**
     * A saver that has saved nothing yet.
     *
     * @param updates of an epoch
     * @param group that trains
     */
    RunSaver(TrainingJob job, long updates, ProcessGroup group) {
        this.job = job;
        this.ranks = group.size();
        this.folder =
                new CheckpointFolder(job.folder(), job.settings().results().checkpoints());
        this.updates = updates;
    }

    /**
     * Writes the state, after what is being written.
     *
     * @param best whether the network is better than it ever was
     */
    void save(TorchTrainer trainer, RunState state, boolean best) {
        await();
        folder.save(summary(trainer, state), tensors(trainer, state), best);
        saved(state);
    }

    boolean savesInsideEpochs() {
        return job.settings().results().saveEvery().isPresent();
    }

    /** Whether the run saves inside epochs and the time has come. */
    boolean isDue(RunState state) {
        if (writing != null && !writing.isDone()) { // a slow disk makes checkpoints fewer, not training slower
            return false;
        }
        return job.settings()
                .results()
                .saveEvery()
                .filter(every -> every.isOver(state.step - lastStep, Duration.ofNanos(System.nanoTime() - lastTime)))
                .isPresent();
    }

    /** Copies the state now, and writes it while training goes on. */
    void saveBehind(TorchTrainer trainer, RunState state) {
        await();
        TrainingSummary summary = summary(trainer, state);
        StateSnapshot copy = new StateSnapshot(tensors(trainer, state));
        writing = writer.submit(() -> folder.save(summary, copy, false));
        saved(state);
    }

    private void saved(RunState state) {
        lastStep = state.step;
        lastTime = System.nanoTime();
    }

    private TrainingSummary summary(TorchTrainer trainer, RunState state) {
        return new TrainingSummary(
                job.architecture(),
                ModelEntry.of(job.task(), job.labels(), job.preprocessing()),
                state.epoch,
                state.bestError,
                state.toValues(job, trainer.lossScale(), ranks));
    }

    private TrainerTensors tensors(TorchTrainer trainer, RunState state) {
        double next = job.recipe().learningRate(state.step, updates);
        return new TrainerTensors(
                trainer, job.torch().precision(), ParameterGroups.learningRates(job.task(), job.recipe(), next));
    }

    private void await() {
        if (writing == null) {
            return;
        }
        try {
            Uninterrupted.result(writing);
        } finally {
            writing = null;
        }
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        try {
            await();
        } finally {
            writer.shutdown();
        }
    }

    TrainingResult result(RunState state, List<EpochSummary> epochs) {
        return new TrainingResult(
                job.recipe().isOver(state.epoch, state.sinceBest),
                state.bestError,
                folder.lastFile(),
                folder.bestFile(),
                epochs);
    }
}
