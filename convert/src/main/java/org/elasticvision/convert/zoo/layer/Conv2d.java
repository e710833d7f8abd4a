package org.elasticvision.convert.zoo.layer;

import java.util.List;
import org.elasticvision.convert.zoo.layer.TensorSpec.Role;

/**
 * A 2-D convolution with a square kernel, weight {@code [out, in / groups, kernel, kernel]}.
 *
 * @param padding zeros on every side
 */
public record Conv2d(
        String name,
        int inChannels,
        int outChannels,
        int kernel,
        int stride,
        int padding,
        int dilation,
        int groups,
        boolean hasBias)
        implements Layer {
    public Conv2d {
        if (inChannels % groups != 0 || outChannels % groups != 0) {
            throw new IllegalArgumentException(name + ": " + inChannels + " -> " + outChannels
                    + " channels do not divide into " + groups + " groups");
        }
    }

    @Override
    public List<TensorSpec> tensors() {
        double kernelArea = (double) kernel * kernel;
        int inputs = inChannels / groups;
        TensorSpec weight = new TensorSpec(
                weight(),
                List.of((long) outChannels, (long) inputs, (long) kernel, (long) kernel),
                Role.WEIGHT,
                Init.byOutputs(kernelArea * outChannels));
        TensorSpec bias =
                new TensorSpec(bias(), List.of((long) outChannels), Role.BIAS, Init.byInputs(kernelArea * inputs));
        return hasBias ? List.of(weight, bias) : List.of(weight);
    }

    /**
     * {@return the output height or width for an input height or width}
     *
     * @param size in pixels
     */
    public int outputSize(int size) {
        return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    }
}
