package org.elasticvision.train.torch.device;

import java.util.OptionalInt;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Where and how LibTorch is to compute, as values that can be saved: nothing is looked for until {@link #open}.
 *
 * @param device a name that {@link TorchDevice#of} knows, such as {@code auto}
 * @param precision in what
 * @param channelsLast as in {@link TorchOptions}
 * @param activationCheckpointing as in {@link TorchOptions}
 * @param threads on the CPU, of the whole process; empty to leave that as it is
 */
public record TorchSettings(
        String device,
        TrainingPrecision precision,
        boolean channelsLast,
        boolean activationCheckpointing,
        OptionalInt threads) {
    public TorchSettings {
        threads.ifPresent(count -> Check.atLeast("threads", count, 1));
    }

    /** {@return float32, channels last, on the GPU where there is one} */
    public static TorchSettings defaults() {
        return new TorchSettings("auto", TrainingPrecision.FLOAT32, true, false, OptionalInt.empty());
    }

    /**
     * {@return these settings on another device}
     *
     * @param name of the device
     */
    public TorchSettings withDevice(String name) {
        return new TorchSettings(name, precision, channelsLast, activationCheckpointing, threads);
    }

    /**
     * Finds the device, and sets the number of threads of the process where these settings have one.
     *
     * @return the options to train with
     * @throws ElasticVisionException if there is no such device here, or if it does not compute in the precision
     */
    public TorchOptions open() {
        threads.ifPresent(TorchThreads::set);
        return on(TorchDevice.of(device));
    }

    /**
     * {@return the options to train with on a device that was found}
     *
     * @param found in place of the one by name
     * @throws ElasticVisionException if it does not compute in the precision
     */
    public TorchOptions on(TorchDevice found) {
        return new TorchOptions(found, precision, channelsLast, activationCheckpointing);
    }
}
