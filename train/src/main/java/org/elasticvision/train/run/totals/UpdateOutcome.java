package org.elasticvision.train.run.totals;

import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.torch.StepResult;

/**
 * What came of the micro-batches of an update, in this process or in all.
 *
 * @param loss mean over all micro-batches of the update, as far as they are in it
 * @param lossSum over images
 * @param wrong answers
 * @param total answers
 * @param images that were learned from
 * @param learned micro-batches that gave gradients
 * @param diverged losses that are no numbers
 * @param stops processes that are asked to stop
 */
public record UpdateOutcome(
        double loss, double lossSum, long wrong, long total, long images, long learned, long diverged, long stops) {
    public static UpdateOutcome none() {
        return new UpdateOutcome(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Adds a micro-batch.
     *
     * @param microBatches of the whole update
     */
    public UpdateOutcome plus(StepResult result, int size, int microBatches) {
        return new UpdateOutcome(
                loss + result.loss() / microBatches,
                lossSum + result.loss() * size,
                wrong + result.wrong(),
                total + result.total(),
                images + size,
                learned + 1,
                diverged + (result.isFinite() ? 0 : 1),
                stops);
    }

    /**
     * Of all processes together.
     *
     * @param isStopped whether this one is asked to stop
     */
    public UpdateOutcome sum(ProcessGroup group, boolean isStopped) {
        double[] sums = group.sum(
                loss,
                lossSum,
                (double) wrong,
                (double) total,
                (double) images,
                (double) learned,
                (double) diverged,
                isStopped ? 1 : 0);
        return new UpdateOutcome(
                sums[0], sums[1], (long) sums[2], (long) sums[3], (long) sums[4], (long) sums[5], (long) sums[6], (long)
                        sums[7]);
    }

    public boolean hasDiverged() {
        return diverged > 0;
    }

    public boolean isStopped() {
        return stops > 0;
    }
}
