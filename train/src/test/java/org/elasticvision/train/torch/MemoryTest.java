package org.elasticvision.train.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.torch.device.TorchOptions;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.optimizer.OptimizerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Native memory stays where it is, however many steps are made: every tensor has an owner that frees it. */
class MemoryTest {
    private static final Path STATISTICS = Path.of("/proc/self/statm");
    private static final int PAGE = 4096;
    /** What a step of these small networks leaves behind where nobody frees its tensors is half a megabyte. */
    private static final long ALLOWED_PER_STEP = 20_000;
    /** A trainer's weights and momentum are one megabyte. */
    private static final long ALLOWED_PER_TRAINER = 200_000;

    private static final int WINDOWS = 4;
    private static final int OBJECTS_OF_OTHERS = 50;
    private static final TorchOptions OPTIONS = TorchOptions.defaults();

    private final int threads = TorchThreads.get();

    /** So small a network is faster on one thread. */
    @BeforeEach
    void useOneThread() {
        TorchThreads.set(1);
    }

    @AfterEach
    void restoreThreads() {
        TorchThreads.set(threads);
    }

    @BeforeEach
    void linuxTellsHowMuchIsUsed() {
        assumeThat(STATISTICS).as("only Linux tells the resident memory").exists();
    }

    @ParameterizedTest
    @CsvSource({"false, SGD", "true, SGD", "false, ADAMW"})
    void stepsLeaveNothingBehind(boolean recompute, OptimizerKind optimizer) throws IOException {
        Batch batch = Trainers.batch(Task.CLASSIFICATION, 2, 16, 1);
        try (TorchTrainer trainer = Trainers.of(
                Architecture.of("resnext_tiny_elastic"),
                Task.CLASSIFICATION,
                OPTIONS.withActivationCheckpointing(recompute),
                optimizer)) {
            checkFlat(
                    () -> {
                        trainer.accumulate(batch);
                        trainer.update(0.01);
                    },
                    60,
                    200,
                    ALLOWED_PER_STEP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLASSIFICATION", "MULTI_LABEL", "SEGMENTATION"})
    void answersLeaveNothingBehind(Task task) throws IOException {
        Batch batch = Trainers.batch(task, 2, 16, 1);
        try (TorchTrainer trainer = Trainers.of(Architecture.of("resnext_tiny"), task, OPTIONS)) {
            checkFlat(
                    () -> {
                        trainer.answer(batch);
                        trainer.logits(batch);
                    },
                    60,
                    200,
                    ALLOWED_PER_STEP);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 40)
    void closedTrainersLeaveNothingBehind(int times) throws IOException {
        Batch batch = Trainers.batch(Task.CLASSIFICATION, 2, 16, 1);
        checkFlat(
                () -> {
                    try (TorchTrainer trainer =
                            Trainers.of(Architecture.of("resnext_tiny_elastic"), Task.CLASSIFICATION, OPTIONS)) {
                        trainer.accumulate(batch);
                        trainer.update(0.01);
                        OptimizerTensors state = trainer.optimizerTensors();
                        state.restore(
                                "fc.weight",
                                "momentum_buffer",
                                state.toDoubles("fc.weight", "momentum_buffer"),
                                List.of(5L, 128L));
                    }
                },
                10,
                times,
                ALLOWED_PER_TRAINER);
    }

    /**
     * A leak grows in every stretch of time; what else grows, such as Java's heap, its compiled code and the allocator's pools,
     * stands still in some.
     */
    private static void checkFlat(Runnable work, int warmUp, int times, long allowed) throws IOException {
        repeat(work, warmUp);
        long smallest = Long.MAX_VALUE;
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS; i++) {
            long before = resident();
            long objectsBefore = Pointer.totalCount();
            repeat(work, times / WINDOWS);
            fewest = Math.min(fewest, Pointer.totalCount() - objectsBefore); // before a collection frees what is left
            smallest = Math.min(smallest, resident() - before);
        }
        assertThat(smallest).as("growth in bytes").isLessThan(allowed * (times / WINDOWS));
        assertThat(fewest).as("native objects that are left").isLessThan(OBJECTS_OF_OTHERS);
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

    /** After a collection, so that Java's heap takes the same places anew instead of more. */
    private static long resident() throws IOException {
        System.gc();
        return Long.parseLong(Files.readString(STATISTICS).split(" ")[1]) * PAGE;
    }
}
