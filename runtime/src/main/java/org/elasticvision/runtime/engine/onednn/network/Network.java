package org.elasticvision.runtime.engine.onednn.network;

import java.util.List;
import org.elasticvision.runtime.engine.TensorShape;

/**
 * A network for images as steps in the order in which they run. Immutable.
 *
 * @param input the image, float32 in planes
 * @param output float32; images in planes
 * @param batch of each run, or {@link TensorShape#ANY}
 */
public record Network(Value input, Value output, int batch, List<Step> steps) {
    public Network {
        steps = List.copyOf(steps);
    }

    /** {@return the same in as few steps as possible} */
    public Network optimized() {
        return Concatenations.of(CodeFlow.of(Fusion.of(this)));
    }

    /** {@return whether any value is in 8 bits} */
    public boolean isQuantized() {
        return steps.stream().anyMatch(step -> step.output().quantization().isPresent());
    }
}
