package org.elasticvision.train.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.checkpoint.WeightTransfer;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Epoch;
import org.elasticvision.train.data.Loader;
import org.elasticvision.train.data.LoaderOptions;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.torch.StepResult;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.TorchTrainer.BatchNormSettings;
import org.elasticvision.train.torch.TorchTrainer.Settings;

/**
 * The training loop. A run is made of epochs, an epoch of updates, an update of one batch in one or more parts. After every
 * epoch the validation images are measured and a checkpoint is written; where a run is stopped, one is written too, and the
 * run goes on from it as if it had not been stopped.
 *
 * <pre>{@code
 * Architecture architecture = Architecture.of("resnext50_elastic");
 * DatasetFolder data = DatasetFolder.detect(Task.CLASSIFICATION, Path.of("photos"));
 * Preprocessing input = Preprocessing.published(Task.CLASSIFICATION, 224, 224);
 * TrainingJob job = new TrainingJob(
 *         architecture,
 *         Task.CLASSIFICATION,
 *         data.labels(),
 *         input,
 *         data.training(data.labels(), input, data.usualAugmentation()),
 *         data.validation(data.labels(), input),
 *         Recipe.published(Task.CLASSIFICATION, architecture),
 *         TorchOptions.defaults(),
 *         new TrainingJob.Loading(2, false),
 *         0,
 *         Optional.empty(),
 *         Path.of("run"),
 *         List.of());
 * TrainingResult result = Training.start(job, new TrainingListener() {}, new StopSignal());
 * ModelExport.export(result.best(), Path.of("run", "model.onnx"), job.validation(), 64);
 * }</pre>
 */
public final class Training {
    private final TrainingJob job;
    private final Recipe recipe;
    private final TrainingListener listener;
    private final StopSignal stop;
    private final CheckpointFolder folder;
    private final List<EpochSummary> summaries = new ArrayList<>();

    private Training(TrainingJob job, TrainingListener listener, StopSignal stop) {
        this.job = job;
        this.recipe = job.recipe();
        this.listener = listener;
        this.stop = stop;
        this.folder = new CheckpointFolder(job.folder(), job.checkpoints());
    }

    /**
     * Trains from the start.
     *
     * @param job what is trained, how and where
     * @param listener receives progress
     * @param stop ends the run early when asked to
     * @return how it ended
     * @throws ElasticVisionException if the data, the checkpoint to start from or the machine does not allow it; if that shows
     *     before the first update, the folder is not made
     */
    public static TrainingResult start(TrainingJob job, TrainingListener listener, StopSignal stop) {
        Network network = network(job);
        Weights fresh = new Initialization(network, job.seed());
        Training training = new Training(job, listener, stop);
        if (job.initFrom().isEmpty()) {
            return training.run(network, fresh, Optional.empty());
        }
        TrainingJob.InitialWeights initial = job.initFrom().get();
        try (Checkpoint checkpoint = Checkpoint.open(initial.file())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, initial.entry(), network, job.task());
            transfer.lines().forEach(listener::note);
            return training.run(network, transfer.orElse(fresh), Optional.empty());
        }
    }

    /**
     * Goes on from the last checkpoint in the job's folder.
     *
     * @param job what is trained, how and where
     * @param listener receives progress
     * @param stop ends it early when asked to
     * @return how it ended
     * @throws ElasticVisionException if there is none, or it is of another network, of other images or another view
     *     of them, or of another batch size or seed
     */
    public static TrainingResult resume(TrainingJob job, TrainingListener listener, StopSignal stop) {
        Training training = new Training(job, listener, stop);
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(training.folder.lastFile())) {
            TrainingSummary summary = checkpoint.summary();
            if (summary.architecture() != job.architecture()
                    || summary.model().task() != job.task()
                    || !summary.model().labels().equals(job.labels())) {
                throw new ElasticVisionException(checkpoint.file() + ": is of " + summary.architecture() + " for "
                        + summary.model().task()
                        + " with " + summary.model().labels().size() + " classes, not of this run's network or"
                        + " classes; give another folder, or --init-from to start a new run from its weights");
            }
            RunIdentity.of(new SavedValues(checkpoint.file(), summary.training()))
                    .requireSame(RunIdentity.of(job), checkpoint.file());
            RunView.requireSame(summary.model().preprocessing(), job.preprocessing(), checkpoint.file());
            Weights weights = name -> checkpoint.tensor(name).toFloats();
            return training.run(network(job), weights, Optional.of(checkpoint));
        }
    }

    /**
     * {@return the {@linkplain TrainingJob#notes notes} of the job that wrote a checkpoint}
     *
     * @param checkpoint an open checkpoint
     */
    public static List<String> notes(TrainingCheckpoint checkpoint) {
        return new SavedValues(checkpoint.file(), checkpoint.summary().training()).texts("notes");
    }

    /** How many updates the newest checkpoint in a folder has seen. */
    static long lastStep(Path folder) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(new CheckpointFolder(folder).lastFile())) {
            return RunState.of(checkpoint).step;
        }
    }

    private static Network network(TrainingJob job) {
        return job.architecture().network(job.task(), job.labels().size());
    }

    private TrainingResult run(Network network, Weights weights, Optional<TrainingCheckpoint> from) {
        RunState state = from.map(RunState::of).orElseGet(RunState::initial);
        LoaderOptions loading = LoaderOptions.training(
                        job.task(), recipe.partSize(), job.loading().threads(), job.seed())
                .withSkipBad(job.loading().skipBad());
        LoaderOptions validationLoading = LoaderOptions.validation(
                        recipe.partSize(), job.loading().threads())
                .withSkipBad(job.loading().skipBad());
        Settings settings = new Settings(
                ParameterGroups.of(network, job.task(), recipe),
                recipe.labelSmoothing(),
                new BatchNormSettings(recipe.freezeBatchNorm(), ParameterGroups.updatedTwice(network)));
        try (Loader training = new Loader(job.training(), loading, listener::note);
                Loader validation = new Loader(job.validation(), validationLoading, listener::note);
                TorchTrainer trainer = new TorchTrainer(network, weights, settings, job.torch())) {
            from.ifPresent(checkpoint -> {
                TrainerTensors.restoreMomentum(checkpoint, trainer);
                trainer.restore(RunState.lossScale(checkpoint));
            });
            requireEnough(training);
            CheckpointFolder.create(job.folder());
            while (state.epoch < recipe.epochs() && !stop.isStopped()) {
                epoch(trainer, training, validation, state);
            }
        }
        return new TrainingResult(
                state.epoch >= recipe.epochs(), state.bestError, folder.lastFile(), folder.bestFile(), summaries);
    }

    private void requireEnough(Loader training) {
        if (updates(training) == 0) {
            throw new ElasticVisionException("the training images make " + training.batches() + " parts of "
                    + recipe.partSize() + ", fewer than the " + recipe.accumulate()
                    + " that an update takes; use a smaller --batch or --accumulate");
        }
        if (recipe.partSize() == 1 && needsSeveralImages()) {
            throw new ElasticVisionException("BatchNorm cannot learn from one image at a time; use a larger --batch, a"
                    + " smaller --accumulate, or --freeze-bn");
        }
    }

    /** An error of nothing is 0 % and means nothing. */
    static void requireSome(long images, Loader loader, String purpose) {
        if (images > 0) {
            return;
        }
        int usable = loader.data().size() - loader.skipped();
        if (usable > 0 && loader.skipped() > 0) {
            throw new ElasticVisionException(
                    "only " + usable + " of the " + loader.data().size() + " images to " + purpose
                            + " can be used, too few for a batch, which takes two or more; mend the others, or use a"
                            + " larger --batch");
        }
        String all = "none of the " + loader.data().size() + " images to " + purpose;
        throw new ElasticVisionException(loader.firstFailure()
                .map(failure -> all + " can be used, the first because " + failure)
                .orElse(all + " has a pixel that is not void"));
    }

    /** Where the data say more, nobody would see that a network of one answer is never wrong. */
    private static void requireSeveralKinds(Loader training) {
        if (training.leavesOneKind()) {
            throw new ElasticVisionException("the images to learn from that can be used are all of one class, which a"
                    + " network would always answer; " + training.skipped() + " were skipped, the first because "
                    + training.firstFailure().orElse("it cannot be read"));
        }
    }

    /** The last batch of an epoch may have but one image. */
    private boolean isTooSmall(Batch batch) {
        return batch.size() == 1 && needsSeveralImages();
    }

    /** The segmentation head normalises one value per image and channel. */
    private boolean needsSeveralImages() {
        return job.task() == Task.SEGMENTATION && !recipe.freezeBatchNorm();
    }

    private long updates(Loader training) {
        return training.batches() / recipe.accumulate();
    }

    private void epoch(TorchTrainer trainer, Loader training, Loader validation, RunState state) {
        long begun = System.nanoTime();
        boolean whole = updates(trainer, training, state);
        if (whole) {
            requireSome(state.totals.images(), training, "learn from");
            requireSeveralKinds(training);
        }
        Scores scores = whole ? Validation.run(trainer, job.task(), job.labels(), validation, listener, stop) : null;
        if (scores == null) {
            save(trainer, state, updates(training), false);
            return;
        }
        boolean best = scores.error() < state.bestError;
        state.bestError = Math.min(scores.error(), state.bestError);
        EpochTotals totals = state.totals;
        double seconds = totals.time().toNanos() / 1e9;
        long updates = updates(training);
        EpochSummary summary = new EpochSummary(
                state.epoch + 1,
                recipe.epochs(),
                state.step,
                LearningRates.of(job.task(), recipe, state.epoch * updates, state.step - 1, updates),
                totals.meanLoss(),
                totals.error(),
                scores,
                best,
                seconds == 0 ? 0 : totals.images() / seconds,
                totals.waited(),
                Duration.ofNanos(System.nanoTime() - begun));
        state.nextEpoch();
        save(trainer, state, updates(training), best || state.epoch == 1);
        summaries.add(summary);
        listener.epoch(summary);
    }

    /** Does what is left of the epoch's updates; false if the run was asked to stop before the last one. */
    private boolean updates(TorchTrainer trainer, Loader training, RunState state) {
        long updates = updates(training);
        EpochTotals totals = state.totals;
        try (Epoch epoch = training.epoch(state.epoch, state.batch)) {
            trainer.discard();
            long since = System.nanoTime();
            long waited = 0;
            for (long update = state.step - state.epoch * updates; update < updates; update++) {
                double learningRate = recipe.learningRate(state.step, updates);
                double loss = 0;
                boolean learned = false;
                for (int part = 0; part < recipe.accumulate(); part++) {
                    Batch batch = epoch.next();
                    if (batch == null) { // so many bad images that whole batches are missing
                        break;
                    }
                    if (isTooSmall(batch) || !batch.target().counts()) {
                        continue;
                    }
                    learned = true;
                    StepResult result = trainer.accumulate(batch);
                    if (!result.isFinite()) {
                        throw new DivergedException(result.loss(), state.epoch + 1, update + 1, learningRate);
                    }
                    totals.add(result, batch.size());
                    loss += result.loss() / recipe.accumulate();
                }
                if (learned) {
                    trainer.update(ParameterGroups.learningRates(job.task(), recipe, learningRate));
                }
                state.step++;
                state.batch = epoch.position();
                long now = System.nanoTime();
                totals.addTime(now - since, epoch.waited().toNanos() - waited);
                since = now;
                waited = epoch.waited().toNanos();
                listener.step(progress(state, update + 1, updates, learningRate, loss));
                if (stop.isStopped() && update + 1 < updates) {
                    return false;
                }
            }
            return !stop.isStopped();
        }
    }

    private EpochProgress progress(RunState state, long update, long updates, double learningRate, double loss) {
        EpochTotals totals = state.totals;
        double seconds = totals.time().toNanos() / 1e9;
        return new EpochProgress(
                state.epoch + 1,
                recipe.epochs(),
                update,
                updates,
                learningRate,
                loss,
                totals.meanLoss(),
                totals.error(),
                seconds == 0 ? 0 : totals.images() / seconds,
                totals.time(),
                totals.waited());
    }

    /** Writes a checkpoint; {@code updates} are those of an epoch. */
    private void save(TorchTrainer trainer, RunState state, long updates, boolean best) {
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
}
