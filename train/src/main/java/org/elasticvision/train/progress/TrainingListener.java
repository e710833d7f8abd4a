package org.elasticvision.train.progress;

import java.util.List;

/** Receives progress events, on the training thread. */
public interface TrainingListener {
    /**
     * {@return a listener that tells several, in order}
     *
     * @param listeners who receives the events
     */
    static TrainingListener all(TrainingListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    /**
     * Something that the user should know, in one line.
     *
     * @param line one line
     */
    default void note(String line) {}

    /**
     * After every update.
     *
     * @param progress of the epoch so far
     */
    default void step(EpochProgress progress) {}

    /**
     * While the validation images are run.
     *
     * @param done batches
     * @param total batches
     */
    default void validating(int done, int total) {}

    /**
     * After every epoch, before its checkpoint is written: what is kept of the epoch elsewhere is there when the checkpoint is, also if the
     * process is killed. An epoch whose checkpoint did not get written comes again.
     *
     * @param summary of that epoch
     */
    default void measured(EpochSummary summary) {}

    /**
     * After every epoch, when its checkpoint is written.
     *
     * @param summary of that epoch
     */
    default void epoch(EpochSummary summary) {}
}
