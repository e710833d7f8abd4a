package org.elasticvision.convert.zoo.layer;

import java.util.List;
import org.elasticvision.convert.zoo.layer.TensorSpec.Role;

/**
 * A fully connected layer with bias, weight {@code [out, in]}.
 *
 * @param weights what the weights are before training
 * @param biases what the bias is before training
 */
public record Linear(String name, int inFeatures, int outFeatures, Init weights, Init biases) implements Layer {
    /** One that starts as PyTorch's do. */
    public Linear(String name, int inFeatures, int outFeatures) {
        this(name, inFeatures, outFeatures, Init.byInputs(inFeatures), Init.byInputs(inFeatures));
    }

    @Override
    public List<TensorSpec> tensors() {
        return List.of(
                new TensorSpec(weight(), List.of((long) outFeatures, (long) inFeatures), Role.WEIGHT, weights),
                new TensorSpec(bias(), List.of((long) outFeatures), Role.BIAS, biases));
    }
}
