package org.elasticvision.train.run;

import java.time.Duration;

/**
 * How far an epoch is.
 *
 * @param epoch from 1
 * @param epochs of the whole run
 * @param update of the epoch, from 1
 * @param updates of an epoch
 * @param learningRate of the update
 * @param loss of the update's images
 * @param meanLoss of the epoch so far
 * @param error of the epoch so far in percent
 * @param imagesPerSecond of the epoch so far
 * @param elapsed of the epoch so far, training alone
 * @param waited for data in the epoch so far
 */
public record EpochProgress(
        int epoch,
        int epochs,
        long update,
        long updates,
        double learningRate,
        double loss,
        double meanLoss,
        double error,
        double imagesPerSecond,
        Duration elapsed,
        Duration waited) {
    /** {@return what training alone will take until the end of the run, if it goes on as in this epoch} */
    public Duration remaining() {
        double rest = updates - update + (double) (epochs - epoch) * updates;
        return Duration.ofNanos((long) (elapsed.toNanos() * rest / update));
    }
}
