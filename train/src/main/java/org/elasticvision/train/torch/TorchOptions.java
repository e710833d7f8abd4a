package org.elasticvision.train.torch;

/**
 * How LibTorch computes.
 *
 * @param device where
 * @param precision in what
 * @param channelsLast whether images, activations and convolution weights lie in memory as NHWC, which is faster on most
 *     processors; results are the same but for rounding
 * @param recompute whether blocks keep their inputs only and are computed again in the backward pass: same gradients, less
 *     memory, more time
 */
public record TorchOptions(TorchDevice device, Precision precision, boolean channelsLast, boolean recompute) {
    /**
     * On the CPU in float32, channels last.
     *
     * @return the options
     */
    public static TorchOptions defaults() {
        return new TorchOptions(TorchDevice.CPU, Precision.FLOAT32, true, false);
    }

    /**
     * {@return these options with another {@link #precision() precision}}
     *
     * @param other in place of the present one
     */
    public TorchOptions withPrecision(Precision other) {
        return new TorchOptions(device, other, channelsLast, recompute);
    }

    /**
     * {@return these options with another {@link #channelsLast() channels last}}
     *
     * @param other in place of the present one
     */
    public TorchOptions withChannelsLast(boolean other) {
        return new TorchOptions(device, precision, other, recompute);
    }

    /**
     * {@return these options with another {@link #recompute() recompute}}
     *
     * @param other in place of the present one
     */
    public TorchOptions withRecompute(boolean other) {
        return new TorchOptions(device, precision, channelsLast, other);
    }
}
