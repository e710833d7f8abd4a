package org.elasticvision.convert.zoo.layer;

import java.util.List;
import org.elasticvision.convert.zoo.layer.TensorSpec.Role;

/** A fully connected layer with bias, weight {@code [out, in]}. */
public record Linear(String name, int inFeatures, int outFeatures) implements Layer {
    @Override
    public List<TensorSpec> tensors() {
        return List.of(
                new TensorSpec(weight(), List.of((long) outFeatures, (long) inFeatures), Role.WEIGHT),
                new TensorSpec(bias(), List.of((long) outFeatures), Role.BIAS));
    }
}
