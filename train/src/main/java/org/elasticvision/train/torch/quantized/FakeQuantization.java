package org.elasticvision.train.torch.quantized;

import java.util.Arrays;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Weights;

/**
 * Rounds values to what 8 bits tell apart, as the Q/DQ pairs of the exported model do, with gradients that go straight through (Jacob et al. 2018)
 * where a value is not cut off.
 *
 * <p>LibTorch's {@code fake_quantize_per_tensor_affine} is given the value in units of its scale, and multiplied by the scale after: then
 * autograd finds for the scale what Esser et al. 2020 ("Learned step size quantization") derive, the rounded value less the value where it is
 * within the range, and the end of the range outside. Its own learnable form is not in JavaCPP's preset.
 */
final class FakeQuantization {
    private static final int FULL = 127;
    private static final int SEVEN_BITS = 63;
    private static final int PAIR = 128;
    /** As many codes as the quantizer lets a bias have. */
    private static final long LARGEST_BIAS = 1 << 30;

    private static final int OUTPUTS = 0;
    private static final int INPUTS = 1;

    private FakeQuantization() {}

    /**
     * An activation.
     *
     * @param x the value
     * @param scale one number, which may have a gradient
     * @param kind whose zero point and ends hold
     */
    static Tensor activation(Tensor x, Tensor scale, ActivationScale kind) {
        int low = kind.signed() ? -128 : 0;
        return torch.fake_quantize_per_tensor_affine(x.div(scale), 1, kind.zeroPoint(), low, low + 255L)
                .mul(scale);
    }

    /**
     * The weights of a layer.
     *
     * @param weight {@code [outputs, inputs, …]}
     * @param scale of each output
     * @param form which codes there are
     */
    static Tensor weight(Tensor weight, Tensor scale, Int8Weights form) {
        long[] shape = new long[Math.toIntExact(weight.dim())];
        Arrays.fill(shape, 1);
        shape[OUTPUTS] = weight.size(OUTPUTS);
        Tensor ofOutputs = scale.reshape(shape);
        int limit = limit(form);
        Tensor units = weight.div(ofOutputs);
        Tensor rounded = torch.fake_quantize_per_tensor_affine(units, 1, 0, -limit, limit);
        if (form == Int8Weights.PAIR_SAFE && weight.size(INPUTS) > 1) {
            rounded = rounded.add(repair(units, rounded));
        }
        return rounded.mul(ofOutputs);
    }

    /**
     * A bias in the integers that it is added to.
     *
     * @param bias of each output
     * @param weightScale of each output
     * @param inputScale of what the weights are multiplied by
     */
    static Tensor bias(Tensor bias, Tensor weightScale, Tensor inputScale) {
        Tensor scale = weightScale.mul(inputScale.detach());
        return torch.fake_quantize_per_tensor_affine(bias.div(scale), 1, 0, -LARGEST_BIAS, LARGEST_BIAS)
                .mul(scale);
    }

    private static int limit(Int8Weights form) {
        return switch (form) {
            case FULL, PAIR_SAFE -> FULL;
            case SEVEN_BITS -> SEVEN_BITS;
        };
    }

    /**
     * The scale of each output, which follows from the weights as the quantizer's does; a constant for gradients.
     *
     * @param weight {@code [outputs, inputs, …]}
     * @param leastScale what a bias needs at least, of each output or one number
     * @param form which codes there are
     */
    static Tensor scale(Tensor weight, Tensor leastScale, Int8Weights form) {
        try (NoGradGuard guard = new NoGradGuard()) {
            Tensor scale = largest(weight.abs()).div(new Scalar((double) limit(form)));
            if (form == Int8Weights.PAIR_SAFE && weight.size(INPUTS) > 1) {
                Tensor first = even(weight);
                Tensor second = odd(weight);
                Tensor sameSign = first.mul(second).gt(new Scalar(0.0));
                Tensor sums = first.add(second).abs().mul(sameSign);
                scale = torch.maximum(scale, largest(sums).div(new Scalar((double) PAIR)));
            }
            scale = torch.maximum(scale, leastScale);
            Tensor some = scale.ge(new Scalar((double) Float.MIN_NORMAL));
            return torch.where(some, scale, new Scalar(1.0 / FULL)).to(weight.scalar_type());
        }
    }

    /** Of each output. */
    private static Tensor largest(Tensor absolute) {
        return absolute.flatten(1, -1).amax(new long[] {1}, false);
    }

    /** Rounding up both of a pair can make their sum 1 too large: the one that was rounded further gives in, as in the quantizer. */
    private static Tensor repair(Tensor units, Tensor codes) {
        try (NoGradGuard guard = new NoGradGuard()) {
            Tensor change = torch.zeros_like(codes);
            Tensor first = even(codes);
            Tensor second = odd(codes);
            Tensor tooLarge = first.add(second).abs().gt(new Scalar((double) PAIR));
            Tensor firstGives = first.abs()
                    .sub(even(units).abs())
                    .gt(second.abs().sub(odd(units).abs()));
            even(change).copy_(first.sign().neg().mul(tooLarge.logical_and(firstGives)));
            odd(change).copy_(second.sign().neg().mul(tooLarge.logical_and(firstGives.logical_not())));
            return change;
        }
    }

    /** The first inputs of the pairs that a processor sums; an odd input left over has none. */
    private static Tensor even(Tensor weight) {
        return inputs(weight, 0);
    }

    private static Tensor odd(Tensor weight) {
        return inputs(weight, 1);
    }

    private static Tensor inputs(Tensor weight, int first) {
        long pairs = weight.size(INPUTS) / 2 * 2;
        return weight.narrow(INPUTS, 0, pairs)
                .unflatten(INPUTS, new long[] {pairs / 2, 2})
                .select(INPUTS + 1, first);
    }

    /**
     * The least scale of weights for a bias to have as many codes as it may.
     *
     * @param bias of the layer
     * @param inputScale of what the weights are multiplied by
     */
    static Tensor leastScale(Tensor bias, Tensor inputScale) {
        try (NoGradGuard guard = new NoGradGuard()) {
            return bias.abs().div(inputScale.mul(new Scalar((double) LARGEST_BIAS)));
        }
    }
}
