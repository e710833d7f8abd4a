package org.elasticvision.convert.zoo.layer;

/** What a tensor's values are before training. */
public sealed interface Init {
    /** What PyTorch's layers of weights start from unless told otherwise, for a number of inputs to each output. */
    static Init byInputs(double inputs) {
        return new Uniform(1 / Math.sqrt(inputs));
    }

    /** Normal with variance 2 / (values that an input goes to), as of He et al., 2015. */
    static Init byOutputs(double outputs) {
        return new Normal(Math.sqrt(2 / outputs));
    }

    /** Normally distributed around zero. */
    record Normal(double deviation) implements Init {}

    /** Evenly distributed from {@code -bound} to {@code bound}. */
    record Uniform(double bound) implements Init {}

    /** The same everywhere. */
    record Constant(float value) implements Init {}

    /** A square kernel that enlarges by half its width, bilinear between pixel centres. */
    record Bilinear() implements Init {}
}
