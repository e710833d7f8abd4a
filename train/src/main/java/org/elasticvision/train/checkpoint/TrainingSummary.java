package org.elasticvision.train.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.convert.ModelEntry;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.Check;

/**
 * What a training checkpoint says beside its tensors.
 *
 * @param architecture of the network; it has as many classes as the model has labels
 * @param model what the network is for
 * @param epoch how many epochs are done
 * @param bestError the smallest validation error of the run so far, in percent; {@code best_err1} of the published files
 * @param training what the trainer needs to go on, such as recipe, step and seed: whatever {@link
 *     org.elasticvision.convert.checkpoint.CheckpointWriter} can write. Read from a file, integers are Long and tensors {@link
 *     org.elasticvision.convert.checkpoint.CheckpointTensor}
 */
public record TrainingSummary(
        Architecture architecture, ModelEntry model, int epoch, double bestError, Map<String, ?> training) {
    public TrainingSummary {
        Check.atLeast("epoch", epoch, 0);
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    }
}
