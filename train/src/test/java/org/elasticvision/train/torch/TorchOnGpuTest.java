package org.elasticvision.train.torch;

import org.bytedeco.pytorch.global.torch;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.torch.device.TorchDevice;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TrainingPrecision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A step of training on a GPU is the step on the CPU. {@code ci/gpu-test.sh} runs this. */
@Tag("gpu")
class TorchOnGpuTest {
    private static final double LEARNING_RATE = 0.1;
    private static final int IMAGES = 4;

    /** Relative to a tensor's norm. In float64 only the order of additions differs. */
    private static final double EXACT = 1e-9;

    /** Relative to the loss. cuDNN may compute float32 convolutions in TF32, whose significand has 11 bits. */
    private static final double ROUNDED = 1e-2;

    @BeforeEach
    void checkGpu() {
        assumeThat(Torch.hasGpu())
                .as("LibTorch finds a GPU; that takes an NVIDIA driver and the build with -Pcuda")
                .isTrue();
    }

    /** LibTorch is asked only once it is loaded. */
    private static final class Torch {
        private Torch() {}

        static boolean hasGpu() {
            TorchDevice.loadLibrary();
            return torch.cuda_is_available();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resnext_tiny_elastic, CLASSIFICATION, 32",
        "resnext_tiny_elastic, MULTI_LABEL, 32",
        "resnext_tiny_elastic, SEGMENTATION, 33",
        "resnext50_elastic, CLASSIFICATION, 64",
        "dla60x_elastic, CLASSIFICATION, 224"
    })
    void inFloat64StepsAreTheSame(Architecture architecture, Task task, int side) {
        TorchOptions onCpu =
                TorchOptions.defaults().withPrecision(TrainingPrecision.FLOAT64).withChannelsLast(false);
        Batch batch = Trainers.batch(task, IMAGES, side, 3);
        try (TorchTrainer cpu = Trainers.of(architecture, task, onCpu);
                TorchTrainer gpu = Trainers.of(architecture, task, onGpu(onCpu))) {
            StepResult expected = cpu.accumulate(batch);
            StepResult actual = gpu.accumulate(batch);
            assertThat(actual.loss()).isEqualTo(expected.loss(), within(EXACT * expected.loss()));
            assertThat(actual.wrong()).isEqualTo(expected.wrong());
            double[] rates =
                    cpu.groups().stream().mapToDouble(group -> LEARNING_RATE).toArray();
            cpu.update(rates);
            gpu.update(rates);
            for (TensorSpec tensor : cpu.network().tensors()) {
                assertSame(tensor.name(), gpu.toDoubles(tensor.name()), cpu.toDoubles(tensor.name()));
            }
        }
    }

    private static void assertSame(String name, double[] actual, double[] expected) {
        double squares = 0;
        double errors = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += expected[i] * expected[i];
            errors += (actual[i] - expected[i]) * (actual[i] - expected[i]);
        }
        assertThat(Math.sqrt(errors)).as(name).isLessThanOrEqualTo(EXACT * Math.max(Math.sqrt(squares), 1e-3));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, false", "FLOAT32, true", "FLOAT16, true", "BFLOAT16, true"})
    void inLowerPrecisionLossesAreClose(TrainingPrecision precision, boolean channelsLast) {
        Batch batch = Trainers.batch(Task.CLASSIFICATION, IMAGES, 64, 3);
        TorchOptions options =
                onGpu(TorchOptions.defaults()).withPrecision(precision).withChannelsLast(channelsLast);
        try (TorchTrainer cpu = Trainers.of(
                        Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, TorchOptions.defaults());
                TorchTrainer gpu = Trainers.of(Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, options)) {
            double expected = cpu.accumulate(batch).loss();
            assertThat(gpu.accumulate(batch).loss()).isEqualTo(expected, within(ROUNDED * expected));
        }
    }

    /** The same batch again and again is learnt by heart. */
    @Test
    void trainingInFloat16Learns() {
        Batch batch = Trainers.batch(Task.CLASSIFICATION, IMAGES, 32, 3);
        TorchOptions options = onGpu(TorchOptions.defaults()).withPrecision(TrainingPrecision.FLOAT16);
        try (TorchTrainer trainer =
                Trainers.of(Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, options)) {
            double[] rates =
                    trainer.groups().stream().mapToDouble(group -> 0.05).toArray();
            double first = trainer.accumulate(batch).loss();
            trainer.update(rates);
            double last = first;
            for (int step = 0; step < 40; step++) {
                last = trainer.accumulate(batch).loss();
                trainer.update(rates);
            }
            assertThat(last).isLessThan(first / 2);
        }
    }

    private static TorchOptions onGpu(TorchOptions options) {
        return new TorchOptions(
                new TorchDevice(true, 0),
                options.precision(),
                options.channelsLast(),
                options.activationCheckpointing());
    }
}
