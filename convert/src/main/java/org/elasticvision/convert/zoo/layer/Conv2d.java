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
    /**
     * Checks what it is given.
     *
     * @param name before the names of its tensors
     * @param inChannels channels of the input
     * @param outChannels channels of the output
     * @param kernel height and width of the window
     * @param stride the step of the window
     * @param padding zeros on every side
     * @param dilation the distance between the taps
     * @param groups how many groups of channels there are
     * @param hasBias whether something is added at the end
     */
    public Conv2d {
        if (inChannels % groups != 0 || outChannels % groups != 0) {
            throw new IllegalArgumentException(name + ": " + inChannels + " -> " + outChannels
                    + " channels do not divide into " + groups + " groups");
        }
    }

    @Override
    public List<TensorSpec> tensors() {
        TensorSpec weight = new TensorSpec(
                weight(),
                List.of((long) outChannels, (long) inChannels / groups, (long) kernel, (long) kernel),
                Role.WEIGHT);
        TensorSpec bias = new TensorSpec(bias(), List.of((long) outChannels), Role.BIAS);
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
