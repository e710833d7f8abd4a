package org.elasticvision.train.torch.device;

import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * How LibTorch computes.
 *
 * @param device where
 * @param precision in what
 * @param channelsLast whether images, activations and convolution weights lie in memory as NHWC, which is faster on most
 *     processors; results are the same but for rounding
 * @param activationCheckpointing whether blocks keep their inputs only and are computed again in the backward pass: same gradients, less
 *     memory, more time
 */
public record TorchOptions(
        TorchDevice device, TrainingPrecision precision, boolean channelsLast, boolean activationCheckpointing) {
    /**
     * Checks that the device computes in the precision.
     *
     * @throws ElasticVisionException for float16 on the CPU
     */
    public TorchOptions {
        if (!precision.runsOn(device)) {
            throw new ElasticVisionException("the precision " + precision + " is for GPUs, and the device is " + device
                    + "; use " + TrainingPrecision.FLOAT32 + ", or " + TrainingPrecision.BFLOAT16
                    + " on a processor that has instructions for it");
        }
    }

    /**
     * On the CPU in float32, channels last.
     *
     * @return the options
     */
    public static TorchOptions defaults() {
        return new TorchOptions(TorchDevice.CPU, TrainingPrecision.FLOAT32, true, false);
    }

    /**
     * {@return these options with another {@link #precision() precision}}
     *
     * @param other in place of the present one
     */
    public TorchOptions withPrecision(TrainingPrecision other) {
        return new TorchOptions(device, other, channelsLast, activationCheckpointing);
    }

    /**
     * {@return these options with another {@link #channelsLast() channels last}}
     *
     * @param other in place of the present one
     */
    public TorchOptions withChannelsLast(boolean other) {
        return new TorchOptions(device, precision, other, activationCheckpointing);
    }

    /**
     * {@return these options with another {@link #activationCheckpointing() activation checkpointing}}
     *
     * @param other in place of the present one
     */
    public TorchOptions withActivationCheckpointing(boolean other) {
        return new TorchOptions(device, precision, channelsLast, other);
    }
}
