package org.elasticvision.train.cli;

import java.util.Optional;
import org.elasticvision.runtime.cli.ThreadsOption;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.train.torch.Precision;
import org.elasticvision.train.torch.TorchDevice;
import org.elasticvision.train.torch.TorchOptions;
import org.elasticvision.train.torch.TorchThreads;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where and how LibTorch computes. */
final class TorchDeviceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "cpu, cuda, cuda:1, or auto: a GPU where there is one (default: ${DEFAULT-VALUE}).")
    private String device;

    /** The user's name for a precision. */
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
            description = "Activation checkpointing: keep only the inputs of blocks and recompute the rest in the"
                    + " backward pass: same result, less"
                    + " memory, more time.")
    private boolean recompute;

    @Mixin
    private ThreadsOption threads;

    TorchOptions options() {
        if (!TorchDevice.isName(device)) {
            throw wrong("--device " + device + " is not known: use cpu, cuda, cuda:1 (a GPU by number) or auto");
        }
        TorchThreads.set(threads.total());
        TorchDevice place = TorchDevice.of(device);
        if (precision == PrecisionName.FP16 && !place.cuda()) {
            throw wrong("--precision fp16 trains on a GPU only, and this run is on the " + place
                    + "; use fp32, or bf16 on a processor that has instructions for it");
        }
        if (precision == PrecisionName.BF16 && !place.cuda()) {
            bfloat16Warning(CpuFeatures.current())
                    .ifPresent(command.commandLine().getErr()::println);
        }
        return new TorchOptions(place, precision.precision, channelsLast, recompute);
    }

    /** Empty where the processor has what it takes, or nobody knows. */
    static Optional<String> bfloat16Warning(CpuFeatures cpu) {
        return cpu.multipliesBfloat16() || !cpu.isKnown()
                ? Optional.empty()
                : Optional.of("--precision bf16: this processor"
                        + cpu.model().map(name -> ", " + name + ",").orElse("")
                        + " has no instructions for it (" + (cpu.isArm() ? "BF16" : "AVX-512 BF16 or AMX-BF16")
                        + "); training will take many times as long as with fp32");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    int threads() {
        return threads.total();
    }
}
