package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.List;
import org.elasticvision.train.progress.EpochSummary;

/**
 * The result of a run.
 *
 * @param finished whether all epochs are done, or it had no patience left; else it was stopped and can be resumed
 * @param bestError the smallest validation error, in percent; 100 if there was none
 * @param last the newest checkpoint
 * @param best the checkpoint with the smallest error; missing where no epoch was finished
 * @param epochs those that this run did
 */
public record TrainingResult(boolean finished, double bestError, Path last, Path best, List<EpochSummary> epochs) {
    public TrainingResult {
        epochs = List.copyOf(epochs);
    }
}
