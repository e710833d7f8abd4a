package org.elasticvision.train.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.LearningRates;
import org.elasticvision.train.progress.Scores;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.run.totals.EpochTotals;
import org.elasticvision.train.run.totals.UpdateOutcome;
import org.elasticvision.train.run.totals.Validation;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.StepResult;
import org.elasticvision.train.torch.TorchTrainer;

/**
 * The training loop. A run is made of epochs, an epoch of updates, an update of one batch in one or more micro-batches. After
 * every epoch the validation images are measured and a checkpoint is written; where a run is stopped, one is written too.
 */
final class TrainingLoop {
    private final TrainingJob job;
    private final Recipe recipe;
    private final TorchTrainer trainer;
    private final Loader training;
    private final Loader validation;
    private final TrainingListener listener;
    private final StopSignal stop;
    private final ProcessGroup group;
    private final UsableImages usable;
    private final RunSaver saver;
    /** Of an epoch. */
    private final long updates;

    private final List<EpochSummary> summaries = new ArrayList<>();

    /** Trainer and loaders stay their caller's. */
    TrainingLoop(
            TrainingJob job,
            TorchTrainer trainer,
            Loader training,
            Loader validation,
            TrainingListener listener,
            StopSignal stop,
            ProcessGroup group) {
        this.group = group;
        this.job = job;
        this.recipe = job.recipe();
        this.trainer = trainer;
        this.training = training;
        this.validation = validation;
        this.listener = listener;
        this.stop = stop;
        this.usable = new UsableImages(job, group);
        this.updates = training.batches() / recipe.accumulationSteps();
        this.saver = new RunSaver(job, updates, group);
    }

    /** Does the epochs that are left; the state moves on with them. */
    TrainingResult run(RunState state) {
        usable.requireEnough(training);
        RunLock lock = group.isFirst() ? lock() : null;
        try (lock;
                RunSaver open = saver) {
            boolean goesOn = !anyStopped();
            while (goesOn && !recipe.isOver(state.epoch, state.sinceBest)) {
                goesOn = epoch(state);
            }
            if (state.epoch < recipe.epochs() && recipe.isOver(state.epoch, state.sinceBest)) {
                listener.note("ended early, after epoch " + state.epoch + " of " + recipe.epochs()
                        + ": no smaller validation error in the last " + state.sinceBest
                        + " (--patience; --resume with a larger one trains on)");
            }
            return open.result(state, summaries);
        }
    }

    private RunLock lock() {
        CheckpointFolder.create(job.folder());
        return RunLock.of(job.folder()).orElse(null);
    }

    private boolean anyStopped() {
        return group.sum(stop.isStopped() ? 1 : 0)[0] > 0;
    }

    /** False if the run was asked to stop, which all processes find out together. */
    private boolean epoch(RunState state) {
        long begun = System.nanoTime();
        boolean whole = updates(state);
        if (whole) {
            training.requireSome(state.totals.images(), "training");
            UsableImages.requireSeveralKinds(training);
        }
        trainer.shareStatistics();
        Validation measured = whole
                ? Validation.run(trainer::answer, job.task(), job.labels(), validation, listener, stop, group)
                : null;
        if (measured == null) {
            save(state, false);
            return false;
        }
        Scores scores = measured.scores(recipe.ema().isPresent());
        boolean best = state.measured(scores.error(), scores.loss());
        EpochSummary summary = new EpochSummary(
                state.epoch + 1,
                recipe.epochs(),
                state.step,
                LearningRates.of(job.task(), recipe, state.epoch * updates, state.step - 1, updates),
                state.totals.figures(),
                scores,
                best,
                Duration.ofNanos(System.nanoTime() - begun));
        listener.measured(summary);
        state.nextEpoch(measured.totals());
        save(state, best || state.epoch == 1);
        summaries.add(summary);
        listener.epoch(summary);
        return !anyStopped();
    }

    private void save(RunState state, boolean best) {
        if (group.isFirst()) {
            saver.save(trainer, state, best);
        }
    }

    /** A checkpoint inside an epoch. Averaged statistics are all processes', so they are told when the first one writes it. */
    private void saveIfDue(RunState state) {
        if (!saver.savesInsideEpochs()) {
            return;
        }
        boolean isDue = group.isFirst() && saver.isDue(state);
        if (recipe.batchNormSharing() == BatchNormSharing.AVERAGED && group.sum(isDue ? 1 : 0)[0] > 0) {
            trainer.shareStatistics();
        }
        if (isDue) {
            saver.saveBehind(trainer, state);
        }
    }

    /** Does what is left of the epoch's updates; false if the run was asked to stop before the last one. */
    private boolean updates(RunState state) {
        EpochTotals totals = state.totals;
        try (Epoch epoch = training.epoch(state.epoch, state.batch)) {
            trainer.discard();
            long since = System.nanoTime();
            long waited = 0;
            for (long update = state.step - state.epoch * updates; update < updates; update++) {
                double learningRate = recipe.learningRate(state.step, updates);
                UpdateOutcome done = update(state, epoch, update, learningRate);
                state.step++;
                state.validation = Optional.empty();
                state.batch = epoch.position();
                long now = System.nanoTime();
                totals.addTime(now - since, epoch.waited().toNanos() - waited);
                since = now;
                waited = epoch.waited().toNanos();
                listener.step(new EpochProgress(
                        state.epoch + 1,
                        recipe.epochs(),
                        update + 1,
                        updates,
                        learningRate,
                        done.loss(),
                        totals.figures()));
                if (update + 1 < updates) {
                    saveIfDue(state);
                }
                if (done.isStopped() || (!group.isShared() && stop.isStopped())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Adds the gradients of the micro-batches, this process's and the others', and makes one step. */
    private UpdateOutcome update(RunState state, Epoch epoch, long update, double learningRate) {
        UpdateOutcome own = UpdateOutcome.none();
        int microBatches = recipe.accumulationSteps() / group.size();
        for (int i = 0; i < microBatches; i++) {
            Batch microBatch = epoch.next();
            // Null where so many images are bad that whole batches are missing.
            int images = microBatch != null && microBatch.target().counts() ? microBatch.size() : 0;
            if (usable.together(images) == 0) {
                continue;
            }
            boolean isLast = i + 1 == microBatches;
            if (images == 0) { // BatchNorm is synchronised, and another process has some
                trainer.accumulateNothing(
                        job.preprocessing().height(), job.preprocessing().width(), isLast);
            } else {
                StepResult result = trainer.accumulate(microBatch, isLast);
                own = own.plus(result, images, recipe.accumulationSteps());
            }
        }
        trainer.exchangeGradients();
        UpdateOutcome all = own.sum(group, stop.isStopped());
        if (all.hasDiverged()) {
            throw new DivergedException(
                    own.hasDiverged() ? own.loss() : Double.NaN, state.epoch + 1, update + 1, learningRate);
        }
        state.totals.add(all);
        if (all.learned() > 0) {
            trainer.update(ParameterGroups.learningRates(job.task(), recipe, learningRate));
            recipe.ema().ifPresent(ema -> trainer.average(ema.decay(state.step + 1)));
        }
        return all;
    }
}
