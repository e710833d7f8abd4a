package org.elasticvision.train.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.distributed.BatchNormSharing;
import org.elasticvision.train.run.totals.EpochTotals;
import org.elasticvision.train.run.totals.ValidationTotals;
import org.elasticvision.train.settings.SavedValues;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.torch.TorchTrainer.LossScale;

/** Where a run is, tensors aside: what a checkpoint keeps so that the run goes on exactly. */
final class RunState {
    private static final String BEST_LOSS = "best_loss";
    private static final String SINCE_BEST = "epochs_since_best";
    private static final String SYNCHRONISED_RANKS = "synchronised_ranks";

    int epoch;
    int batch;
    long step;
    double bestError = 100;
    /** Validation loss of the best network; infinite before the first, and where an older version wrote the checkpoint. */
    double bestLoss = Double.POSITIVE_INFINITY;
    /** Epochs since the first with the smallest error. */
    int sinceBest;

    EpochTotals totals = new EpochTotals();
    /** Of the epoch that has just ended; empty within one. */
    Optional<ValidationTotals> validation = Optional.empty();

    private RunState() {}

    /** Before the first step. */
    static RunState initial() {
        return new RunState();
    }

    /** Where a checkpoint was written. */
    static RunState of(TrainingCheckpoint checkpoint) {
        SavedValues values = SavedValues.of(checkpoint);
        RunState state = new RunState();
        state.epoch = checkpoint.summary().epoch();
        state.bestError = checkpoint.summary().bestError();
        if (values.has(BEST_LOSS)) {
            state.bestLoss = values.real(BEST_LOSS);
        }
        state.batch = values.count("batch");
        state.step = values.integer("step");
        state.sinceBest = values.countIfAny(SINCE_BEST).orElse(0);
        state.totals = EpochTotals.of(values.map("epoch_totals"));
        return state;
    }

    /**
     * Counts an epoch's figures. Of several networks with the same error, as there are many where the validation images are few, the
     * one with the smallest loss is the best: the first of them may have been lucky.
     *
     * @param error in percent
     * @param loss mean
     * @return whether this network is the best so far
     */
    boolean measured(double error, double loss) {
        boolean isBetter = error < bestError;
        boolean isBest = isBetter || (error == bestError && loss < bestLoss);
        if (isBest) {
            bestError = error;
            bestLoss = loss;
        }
        sinceBest = isBetter ? 0 : sinceBest + 1;
        return isBest;
    }

    static LossScale lossScale(TrainingCheckpoint checkpoint) {
        SavedValues values = SavedValues.of(checkpoint).map("loss_scale");
        return new LossScale(values.real("scale"), values.count("good_steps"));
    }

    /** What {@link #of} reads, and what the run is. */
    Map<String, Object> toValues(TrainingJob job, LossScale lossScale, int ranks) {
        Map<String, Object> scale = new LinkedHashMap<>();
        scale.put("scale", lossScale.scale());
        scale.put("good_steps", (long) lossScale.goodSteps());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("batch", (long) batch);
        values.put("step", step);
        values.put(BEST_LOSS, bestLoss);
        values.put(SINCE_BEST, (long) sinceBest);
        RunIdentity.of(job).addTo(values);
        if (job.recipe().batchNormSharing() == BatchNormSharing.SYNCHRONISED) {
            values.put(SYNCHRONISED_RANKS, (long) ranks);
        }
        values.put("epoch_totals", totals.toValues());
        validation.ifPresent(counted -> counted.addTo(values));
        values.put("loss_scale", scale);
        job.settings().addTo(values);
        return values;
    }

    /**
     * Refuses to go on with BatchNorm synchronised over other numbers of images than before.
     *
     * @param checkpoint that the run goes on from
     * @throws ElasticVisionException in one line
     */
    static void requireSameRanks(TrainingCheckpoint checkpoint, TrainingJob job, int ranks) {
        SavedValues values = SavedValues.of(checkpoint);
        boolean isSynchronised = job.recipe().batchNormSharing() == BatchNormSharing.SYNCHRONISED;
        if (isSynchronised && values.has(SYNCHRONISED_RANKS) && values.integer(SYNCHRONISED_RANKS) != ranks) {
            long then = values.integer(SYNCHRONISED_RANKS);
            throw new ElasticVisionException(checkpoint.file() + ": its run has BatchNorm synchronised over " + then
                    + (then == 1 ? " rank" : " ranks") + ", not " + ranks + "; resume it in as many (--nproc " + then
                    + "), or give --no-sync-bn");
        }
    }

    /** @param counted of the epoch that ends */
    void nextEpoch(ValidationTotals counted) {
        validation = Optional.of(counted);
        epoch++;
        batch = 0;
        totals = new EpochTotals();
    }
}
