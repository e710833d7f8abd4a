package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.checkpoint.CheckpointFolder;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.checkpoint.TrainingSummary;
import org.elasticvision.train.checkpoint.WeightTransfer;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.data.loading.LoaderOptions;
import org.elasticvision.train.data.loading.Share;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Initialization;
import org.elasticvision.train.recipe.ParameterGroups;
import org.elasticvision.train.recipe.Recipe;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.settings.loading.TrainingBatches;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.TrainerSettings;
import org.elasticvision.train.torch.TrainerSettings.BatchNormSettings;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.optimizer.OptimizerSettings;

/**
 * Trains a network: from the start, or on from the last checkpoint as if the run had not been stopped.
 *
 * <pre>{@code
 * RunSettings settings = RunSettings.of(
 *         Architecture.of("resnext50_elastic"), Task.CLASSIFICATION, DataSource.of(Path.of("photos")), 224);
 * TrainingJob job = settings.open(Path.of("run"), System.err::println);
 * TrainingResult result = Training.start(job, new TrainingListener() {}, new StopSignal());
 * if (!result.finished()) { // another day
 *     result = Training.resume(Path.of("run"), new TrainingListener() {}, new StopSignal());
 * }
 * ModelExport.export(result.best(), job.model(), job.validation(), 64);
 * }</pre>
 */
public final class Training {
    private final TrainingJob job;
    private final TrainingListener listener;
    private final StopSignal stop;
    private final ProcessGroup group;

    private Training(TrainingJob job, TrainingListener listener, StopSignal stop, ProcessGroup group) {
        this.group = group;
        this.job = job;
        this.listener = listener;
        this.stop = stop;
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
        return start(job, listener, stop, ProcessGroup.alone());
    }

    /**
     * The same together with other processes, which make the same call. They share the micro-batches of each update, so that the result is that of
     * one process but for rounding; the first of them writes the checkpoints.
     *
     * @param job what is trained, how and where: in each process the same
     * @param listener receives progress
     * @param stop ends the run early when asked to, in whichever process
     * @param group the processes
     * @return how it ended
     * @throws ElasticVisionException as above, or if the processes were given different jobs, or the micro-batches cannot be shared evenly
     * @throws org.elasticvision.train.distributed.RankLostException if one of them ends or does not answer
     */
    public static TrainingResult start(
            TrainingJob job, TrainingListener listener, StopSignal stop, ProcessGroup group) {
        Network network = network(job);
        Weights fresh = new Initialization(network, job.settings().seed());
        Training training = new Training(job, listener, stop, group);
        if (job.settings().initFrom().isEmpty()) {
            return training.run(network, fresh, Optional.empty());
        }
        RunSettings.InitialWeights initial = job.settings().initFrom().get();
        try (Checkpoint checkpoint = Checkpoint.open(initial.file())) {
            WeightTransfer transfer = WeightTransfer.of(checkpoint, initial.entry(), network, job.task());
            transfer.lines().forEach(listener::note);
            if (transfer.isComplete()) {
                otherClasses(checkpoint, job.labels()).ifPresent(listener::note);
            }
            return training.run(network, transfer.orElse(fresh), Optional.empty());
        }
    }

    /** A head of as many classes fits, whatever they are. */
    private static Optional<String> otherClasses(Checkpoint checkpoint, List<Label> now) {
        List<Label> then = ModelEntry.of(checkpoint).map(ModelEntry::labels).orElse(now);
        List<Integer> renamed = IntStream.range(0, Math.min(then.size(), now.size()))
                .filter(i -> !then.get(i).name().equals(now.get(i).name())
                        && !then.get(i).id().equals(now.get(i).id()))
                .boxed()
                .toList();
        return renamed.stream()
                .findFirst()
                .map(i -> String.format(
                        Locale.ROOT,
                        "its classes were others: class %d was '%s' and is '%s' now%s; the head begins from theirs",
                        i,
                        then.get(i).name(),
                        now.get(i).name(),
                        renamed.size() == 1 ? "" : String.format(Locale.ROOT, ", and %,d more", renamed.size() - 1)));
    }

    /**
     * Goes on with the run in a folder, by the settings that its last checkpoint keeps.
     *
     * @param folder of the run
     * @param listener receives progress
     * @param stop ends it early when asked to
     * @return how it ended
     * @throws ElasticVisionException if there is no checkpoint or its settings are not enough to go on, or the data are not
     *     where they were, or not the same
     */
    public static TrainingResult resume(Path folder, TrainingListener listener, StopSignal stop) {
        RunSettings settings;
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(new CheckpointFolder(folder).lastFile())) {
            settings = RunSettings.of(checkpoint);
        }
        return resume(settings.open(folder, listener::note), listener, stop);
    }

    /**
     * Goes on from the last checkpoint in the job's folder.
     *
     * @param job what is trained, how and where: of the run's own settings, or with such changes as a run allows
     * @param listener receives progress
     * @param stop ends it early when asked to
     * @return how it ended
     * @throws ElasticVisionException if there is none, or it is of another network, of other images or another view
     *     of them, or of another batch size or seed
     */
    public static TrainingResult resume(TrainingJob job, TrainingListener listener, StopSignal stop) {
        return resume(job, listener, stop, ProcessGroup.alone());
    }

    /**
     * The same together with other processes, which make the same call; there may be more or fewer of them than before.
     *
     * @param job what is trained, how and where: in each process the same
     * @param listener receives progress
     * @param stop ends it early when asked to, in whichever process
     * @param group the processes
     * @return how it ended
     * @throws ElasticVisionException as above, or as {@link #start(TrainingJob, TrainingListener, StopSignal, ProcessGroup)}
     */
    public static TrainingResult resume(
            TrainingJob job, TrainingListener listener, StopSignal stop, ProcessGroup group) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(new CheckpointFolder(job.folder()).lastFile())) {
            requireSameNetwork(checkpoint, job);
            RunIdentity.of(checkpoint).requireSame(RunIdentity.of(job), checkpoint.file());
            RunView.requireSame(checkpoint.summary().model().preprocessing(), job.preprocessing(), checkpoint.file());
            RunState.requireSameRanks(checkpoint, job, group.size());
            return new Training(job, listener, stop, group)
                    .run(network(job), TrainerTensors.weights(checkpoint), Optional.of(checkpoint));
        }
    }

    /**
     * {@return how many updates the newest checkpoint in a folder has seen}
     *
     * @param folder of a run
     * @throws ElasticVisionException if there is no checkpoint
     */
    public static long lastStep(Path folder) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(new CheckpointFolder(folder).lastFile())) {
            return RunState.of(checkpoint).step;
        }
    }

    private static void requireSameNetwork(TrainingCheckpoint checkpoint, TrainingJob job) {
        TrainingSummary summary = checkpoint.summary();
        if (summary.architecture() != job.architecture()
                || summary.model().task() != job.task()
                || !summary.model().labels().equals(job.labels())) {
            throw new ElasticVisionException(checkpoint.file() + ": is of " + summary.architecture() + " for "
                    + summary.model().task()
                    + " with " + summary.model().labels().size() + " classes, not of this run's network or"
                    + " classes; give another folder, or --init-from to start a new run from its weights");
        }
    }

    private static Network network(TrainingJob job) {
        return job.architecture().network(job.task(), job.labels().size());
    }

    /**
     * {@return how many training images each epoch leaves out because they do not fill its last batch, where all can be used;
     * which ones changes with the order of the epoch}
     *
     * @param job what is trained, on which images
     */
    public static int leftOutOfEpoch(TrainingJob job) {
        return TrainingBatches.of(job, 1)
                .leftOut(job.training().size(), job.recipe().accumulationSteps());
    }

    private TrainingResult run(Network network, Weights weights, Optional<TrainingCheckpoint> from) {
        Recipe recipe = job.recipe();
        RunAgreement.require(job, group);
        Share share = new Share(group.rank(), group.size());
        RunState state = from.map(RunState::of).orElseGet(RunState::initial);
        int readers = job.settings().readers().orElseGet(TorchThreads::get);
        boolean skipBad = job.settings().loading().skipBad();
        LoaderOptions measuring =
                LoaderOptions.validation(recipe.microBatchSize(), readers).withShare(share);
        TrainerSettings settings = new TrainerSettings(
                new OptimizerSettings(
                        recipe.optimizer(),
                        ParameterGroups.of(network, job.task(), recipe),
                        recipe.accumulationSteps()),
                recipe.labelSmoothing(),
                recipe.classWeights().of(job.training(), job.labels().size()),
                new BatchNormSettings(
                        recipe.freezeBatchNorm(),
                        ParameterGroups.frozenBatchNorms(network, recipe),
                        ParameterGroups.updatedTwice(network),
                        recipe.batchNormSharing()),
                recipe.ema().map(ema -> from.map(TrainerTensors::averages).orElse(weights)));
        try (Loader training = new Loader(
                        job.training(),
                        TrainingBatches.of(job, readers).withSkipBad(skipBad).withShare(share),
                        listener::note);
                Loader validation = new Loader(job.validation(), measuring.withSkipBad(skipBad), listener::note);
                TorchTrainer trainer = new TorchTrainer(network, weights, settings, job.torch(), group)) {
            from.ifPresent(checkpoint -> {
                TrainerTensors.restoreOptimizer(checkpoint, trainer);
                trainer.restore(RunState.lossScale(checkpoint));
            });
            return new TrainingLoop(job, trainer, training, validation, listener, stop, group).run(state);
        }
    }
}
