package org.elasticvision.train.progress;

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
 * @param soFar of the epoch
 */
public record EpochProgress(
        int epoch, int epochs, long update, long updates, double learningRate, double loss, EpochFigures soFar) {
    /** {@return updates of the run so far} */
    public long step() {
        return (epoch - 1) * updates + update;
    }

    /** {@return what training alone will take until the end of the run, if it goes on as in this epoch} */
    public Duration remaining() {
        double rest = updates - update + (double) (epochs - epoch) * updates;
        return Duration.ofNanos((long) (soFar.time().toNanos() * rest / update));
    }
}
