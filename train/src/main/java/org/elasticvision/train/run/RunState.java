package org.elasticvision.train.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.torch.TorchTrainer.LossScale;

/** Where a run is, tensors aside: what a checkpoint keeps so that the run goes on exactly. */
final class RunState {
    int epoch;
    int batch;
    long step;
    double bestError = 100;
    EpochTotals totals = new EpochTotals();

    private RunState() {}

    /** Before the first step. */
    static RunState initial() {
        return new RunState();
    }

    /** Where a checkpoint was written. */
    static RunState of(TrainingCheckpoint checkpoint) {
        SavedValues values =
                new SavedValues(checkpoint.file(), checkpoint.summary().training());
        RunState state = new RunState();
        state.epoch = checkpoint.summary().epoch();
        state.bestError = checkpoint.summary().bestError();
        state.batch = Math.toIntExact(values.integer("batch"));
        state.step = values.integer("step");
        state.totals = EpochTotals.of(values.map("epoch_totals"));
        return state;
    }

    static LossScale lossScale(TrainingCheckpoint checkpoint) {
        SavedValues values =
                new SavedValues(checkpoint.file(), checkpoint.summary().training()).map("loss_scale");
        return new LossScale(values.real("scale"), Math.toIntExact(values.integer("good_steps")));
    }

    /** What {@link #of} reads, and what the run is. */
    Map<String, Object> toValues(TrainingJob job, LossScale lossScale) {
        Map<String, Object> scale = new LinkedHashMap<>();
        scale.put("scale", lossScale.scale());
        scale.put("good_steps", (long) lossScale.goodSteps());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("batch", (long) batch);
        values.put("step", step);
        RunIdentity.of(job).addTo(values);
        values.put("recipe", job.recipe().toString());
        values.put("epoch_totals", totals.toValues());
        values.put("loss_scale", scale);
        values.put("notes", job.notes());
        return values;
    }

    void nextEpoch() {
        epoch++;
        batch = 0;
        totals = new EpochTotals();
    }
}
