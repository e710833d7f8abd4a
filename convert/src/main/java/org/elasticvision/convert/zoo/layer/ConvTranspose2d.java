package org.elasticvision.convert.zoo.layer;

import java.util.List;
import org.elasticvision.convert.zoo.layer.TensorSpec.Role;

/**
 * A depthwise 2-D transposed convolution without bias, weight {@code [channels, 1, kernel, kernel]}: the upsampling of
 * DLA-Up, bilinear before it is trained.
 *
 * @param padding how much of the full output is cut off on every side
 * @param trained whether training changes it
 */
public record ConvTranspose2d(String name, int channels, int kernel, int stride, int padding, boolean trained)
        implements Layer {
    @Override
    public List<TensorSpec> tensors() {
        return List.of(new TensorSpec(
                weight(),
                List.of((long) channels, 1L, (long) kernel, (long) kernel),
                trained ? Role.WEIGHT : Role.FIXED_WEIGHT,
                new Init.Bilinear()));
    }

    /**
     * {@return the output height or width for an input height or width}
     *
     * @param size in pixels
     */
    public int outputSize(int size) {
        return (size - 1) * stride - 2 * padding + kernel;
    }
}
