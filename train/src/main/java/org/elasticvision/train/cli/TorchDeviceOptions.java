package org.elasticvision.train.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ThreadsOption;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.train.cli.ranks.RanksOptions;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchSettings;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.device.TrainingPrecision;
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
        FP32(TrainingPrecision.FLOAT32),
        BF16(TrainingPrecision.BFLOAT16),
        FP16(TrainingPrecision.FLOAT16);

        private final TrainingPrecision precision;

        PrecisionName(TrainingPrecision precision) {
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
            negatable = true,
            description = "Activation checkpointing: keep only the inputs of blocks and recompute the rest in the"
                    + " backward pass: same result, less"
                    + " memory, more time (default: off).")
    private Boolean recompute;

    @Mixin
    private ThreadsOption threads;

    String device() {
        return device;
    }

    /**
     * What is given here, on top of settings.
     *
     * @param base of the run that goes on; of a new one {@link TorchSettings#defaults}
     */
    TorchSettings on(TorchSettings base) {
        return new TorchSettings(
                Given.has(command, "--device") ? device : base.device(),
                Given.has(command, "--precision") ? precision.precision : base.precision(),
                Given.has(command, "--channels-last") ? channelsLast : base.channelsLast(),
                recompute == null ? base.activationCheckpointing() : recompute,
                Given.has(command, "--threads") ? OptionalInt.of(threads.total()) : base.threads());
    }

    /**
     * Finds the device and sets the threads: all physical cores where settings have none. Several ranks on this machine share the
     * cores, and each takes a GPU of its own.
     */
    TorchOptions open(TorchSettings settings, RanksOptions ranks) {
        String name = settings.device();
        if (!TorchDevice.isName(name)) {
            throw wrong("--device " + name + " is not known: use cpu, cuda, cuda:1 (a GPU by number) or auto");
        }
        TorchThreads.set(settings.threads().orElseGet(() -> Math.max(1, threads.total() / ranks.sizeOnThisMachine())));
        TorchDevice found = TorchDevice.of(name);
        if (found.cuda() && ranks.size() > 1 && !name.contains(":")) {
            found = TorchDevice.of("cuda:" + ranks.indexOnThisMachine());
        }
        if (!settings.precision().runsOn(found)) { // the options' own rule, in the words of the command line
            throw wrong("--precision fp16 trains on a GPU only, and this run is on the " + found
                    + "; use fp32, or bf16 on a processor that has instructions for it");
        }
        TorchOptions options = settings.on(found);
        if (options.precision() == TrainingPrecision.BFLOAT16
                && !options.device().cuda()) {
            bfloat16Warning(CpuFeatures.current())
                    .ifPresent(command.commandLine().getErr()::println);
        }
        return options;
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
}
