package org.elasticvision.train.cli;

import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.cli.ThreadsOption;
import org.elasticvision.train.torch.Precision;
import org.elasticvision.train.torch.TorchDevice;
import org.elasticvision.train.torch.TorchOptions;
import org.elasticvision.train.torch.TorchThreads;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where and how LibTorch computes. */
final class TorchDeviceOptions {
    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "cpu, cuda, cuda:1, or auto: a GPU where there is one (default: ${DEFAULT-VALUE}).")
    private String device;

    /** What a person calls a precision. */
    enum PrecisionName {
        FP32(Precision.FLOAT32),
        BF16(Precision.BFLOAT16),
        FP16(Precision.FLOAT16);

        private final Precision precision;

        PrecisionName(Precision precision) {
            this.precision = precision;
        }
    }

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            description =
                    "fp32, or mixed precision for GPUs: bf16, or fp16 with loss scaling (default: ${DEFAULT-VALUE}).")
    private PrecisionName precision;

    @Option(
            names = "--channels-last",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Keep images as NHWC in memory, which is faster; --no-channels-last for NCHW (default: on).")
    private boolean channelsLast;

    @Option(
            names = "--recompute",
            description =
                    "Keep the inputs of blocks only and compute them again in the backward pass: same result, less"
                            + " memory, more time.")
    private boolean recompute;

    @Mixin
    private ThreadsOption threads;

    TorchOptions options() {
        TorchThreads.set(threads.total());
        TorchDevice place = TorchDevice.of(device);
        if (precision == PrecisionName.FP16 && !place.cuda()) {
            throw new ElasticVisionException("--precision fp16 trains on a GPU only, and this run is on the " + place
                    + "; use fp32, or bf16 on a processor that has instructions for it");
        }
        return new TorchOptions(place, precision.precision, channelsLast, recompute);
    }

    int threads() {
        return threads.total();
    }
}
