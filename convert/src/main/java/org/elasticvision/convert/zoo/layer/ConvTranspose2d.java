package org.elasticvision.convert.zoo.layer;

import java.util.List;
import org.elasticvision.convert.zoo.layer.TensorSpec.Role;

/**
 * A depthwise 2-D transposed convolution without bias, weight {@code [channels, 1, kernel, kernel]}: the learned
 * upsampling of DLA-Up.
 *
 * @param padding how much of the full output is cut off on every side
 */
public record ConvTranspose2d(String name, int channels, int kernel, int stride, int padding) implements Layer {
    @Override
    public List<TensorSpec> tensors() {
        return List.of(
                new TensorSpec(weight(), List.of((long) channels, 1L, (long) kernel, (long) kernel), Role.WEIGHT));
    }

    /** The output height or width for an input height or width. */
    public int outputSize(int size) {
        return (size - 1) * stride - 2 * padding + kernel;
    }
}
