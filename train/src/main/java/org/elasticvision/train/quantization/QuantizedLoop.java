package org.elasticvision.train.quantization;

import java.time.Duration;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.progress.EpochProgress;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.LearningRates;
import org.elasticvision.train.progress.Scores;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.recipe.Schedule;
import org.elasticvision.train.run.totals.EpochTotals;
import org.elasticvision.train.run.totals.UpdateOutcome;
import org.elasticvision.train.run.totals.Validation;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.StepResult;
import org.elasticvision.train.torch.quantized.LearnedNetwork;
import org.elasticvision.train.torch.quantized.QuantizedTrainer;

/** The epochs in fake quantization. Trainer and loaders stay their caller's. */
final class QuantizedLoop {
    /** A step of a scale, in parts of it, for one of the weights at their learning rate. */
    private static final double RATE_OF_SCALES = 10;

    private static final Schedule SCHEDULE = new Schedule.Cosine();

    private final TrainingJob job;
    private final QuantizedTraining settings;
    private final QuantizedTrainer trainer;
    private final Loader training;
    private final Loader validation;
    private final TrainingListener listener;
    private final StopSignal stop;
    private final int microBatches;
    /** Of an epoch. */
    private final long updates;

    private Scores scores;
    private LearnedNetwork best;

    QuantizedLoop(
            TrainingJob job,
            QuantizedTraining settings,
            QuantizedTrainer trainer,
            Loader training,
            Loader validation,
            TrainingListener listener,
            StopSignal stop) {
        this.job = job;
        this.settings = settings;
        this.trainer = trainer;
        this.training = training;
        this.validation = validation;
        this.listener = listener;
        this.stop = stop;
        this.microBatches = job.recipe().accumulationSteps();
        this.updates = training.batches() / microBatches;
    }

    /**
     * What was learned.
     *
     * @param before scores before the first epoch
     * @param after scores of the best network
     */
    record Best(Scores before, Scores after, LearnedNetwork network) {}

    /** Empty if it was asked to stop. */
    Optional<Best> run() {
        Optional<Scores> before = measure();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        scores = before.get();
        best = trainer.learned();
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            if (!epoch(epoch)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Best(before.get(), scores, best));
    }

    /** False if it was asked to stop. */
    private boolean epoch(int number) {
        long begun = System.nanoTime();
        EpochTotals totals = new EpochTotals();
        // Images are varied as in no epoch of the run.
        try (Epoch epoch = training.epoch(job.recipe().epochs() + number)) {
            long waited = 0;
            long since = System.nanoTime();
            for (long update = 0; update < updates && !stop.isStopped(); update++) {
                double rate = rate(number * updates + update);
                UpdateOutcome done = update(epoch);
                if (done.hasDiverged()) {
                    throw new ElasticVisionException("the loss is NaN or infinite in QAT epoch " + (number + 1)
                            + ", at a learning rate of " + rate + "; start again with a lower --qat-lr");
                }
                totals.add(done);
                if (done.learned() > 0) {
                    trainer.update(rate, RATE_OF_SCALES * rate);
                }
                long now = System.nanoTime();
                totals.addTime(now - since, epoch.waited().toNanos() - waited);
                since = now;
                waited = epoch.waited().toNanos();
                listener.step(new EpochProgress(
                        number + 1, settings.epochs(), update + 1, updates, rate, done.loss(), totals.figures()));
            }
        }
        Optional<Scores> measured = stop.isStopped() ? Optional.empty() : measure();
        measured.ifPresent(found -> {
            training.requireSome(totals.images(), "training");
            boolean isBest =
                    found.error() < scores.error() || (found.error() == scores.error() && found.loss() < scores.loss());
            if (isBest) {
                scores = found;
                best = trainer.learned();
            }
            double first = rate(number * updates);
            double last = rate((number + 1) * updates - 1);
            listener.epoch(new EpochSummary(
                    number + 1,
                    settings.epochs(),
                    (number + 1) * updates,
                    new LearningRates(first, last, last),
                    totals.figures(),
                    found,
                    isBest,
                    Duration.ofNanos(System.nanoTime() - begun)));
        });
        return measured.isPresent();
    }

    private UpdateOutcome update(Epoch epoch) {
        UpdateOutcome done = UpdateOutcome.none();
        for (int i = 0; i < microBatches; i++) {
            Batch batch = epoch.next();
            // Null where so many images are bad that whole batches are missing.
            if (batch != null && batch.target().counts()) {
                StepResult result = trainer.accumulate(batch);
                done = done.plus(result, batch.size(), microBatches);
            }
        }
        return done;
    }

    private double rate(long step) {
        return settings.learningRate() * SCHEDULE.factor(step, updates, settings.epochs());
    }

    private Optional<Scores> measure() {
        Validation measured = Validation.run(
                trainer::answer, job.task(), job.labels(), validation, listener, stop, ProcessGroup.alone());
        return Optional.ofNullable(measured).map(found -> found.scores(false));
    }
}
