package org.elasticvision.convert.tensorrt.builder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.elasticvision.convert.precision.TinyModel;
import org.elasticvision.convert.tensorrt.BuildOptions;
import org.elasticvision.convert.tensorrt.EngineBuild;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Neither the GPU's memory nor the process's grows with inferences, nor with engines that were closed. */
@Tag("gpu")
class MemoryOnGpuTest {
    private static final int INFERENCES = 10_000;
    private static final int WARM_UP = 500;
    private static final int WINDOWS = 4;
    private static final int OPENINGS = 20;
    private static final int BATCH = 2;

    /** The driver hands out GPU memory in pieces of 2 MiB. */
    private static final long PIECE = 2 << 20;

    /** In bytes: an input is 98 kB, so that keeping a thousandth of each would show. */
    private static final long ALLOWED_PER_INFERENCE = 100;

    /** In bytes: the engine takes some megabytes. */
    private static final long ALLOWED_PER_ENGINE = 200_000;

    @TempDir
    Path folder;

    @BeforeEach
    void checkGpu() {
        GpuNeeded.check();
    }

    @Test
    void inferencesLeaveNothingBehind() throws IOException {
        try (Engine engine = Engine.open(build(), EngineOptions.defaults())) {
            FloatBuffer input = floats(BATCH * engine.inputShape().itemElements());
            FloatBuffer output = floats(BATCH * engine.outputShape().itemElements());
            Runnable inference = () -> engine.run(input, output, BATCH);
            repeat(inference, WARM_UP);
            checkFlat(inference, INFERENCES / WINDOWS, ALLOWED_PER_INFERENCE);
        }
    }

    @Test
    void closedEnginesLeaveNothingBehind() throws IOException {
        Path file = build();
        Runnable opening = () -> {
            try (Engine engine = Engine.open(file, EngineOptions.defaults())) {
                engine.run(
                        floats(BATCH * engine.inputShape().itemElements()),
                        floats(BATCH * engine.outputShape().itemElements()),
                        BATCH);
            }
        };
        repeat(opening, 3);
        checkFlat(opening, OPENINGS, ALLOWED_PER_ENGINE);
    }

    private Path build() {
        Path model = TinyModel.write(folder.resolve("tiny.onnx"), Task.CLASSIFICATION, 4);
        Path engine = folder.resolve("tiny.engine");
        BuildOptions options =
                BuildOptions.defaults().withBatch(BatchRange.of(BATCH)).withTimingCache(folder.resolve("timing.cache"));
        EngineBuild.of(model, options).write(engine, TensorRtBuilder.find(), stage -> {});
        return engine;
    }

    /** A leak grows in every window; what else grows, such as Java's heap and the driver's pools, stands still in some. */
    private static void checkFlat(Runnable work, int times, long allowed) {
        long onGpu = Long.MAX_VALUE;
        long inProcess = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS; i++) {
            long freeBefore = freeOnGpu();
            long before = Pointer.physicalBytes();
            repeat(work, times);
            onGpu = Math.min(onGpu, freeBefore - freeOnGpu());
            inProcess = Math.min(inProcess, Pointer.physicalBytes() - before);
        }
        assertThat(onGpu).as("growth of the GPU's memory in bytes").isLessThanOrEqualTo(PIECE);
        assertThat(inProcess).as("growth of the process in bytes").isLessThan(allowed * times);
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }

    private static long freeOnGpu() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            assertThat(cudart.cudaMemGetInfo(free, total)).isEqualTo(cudart.cudaSuccess);
            return free.get();
        }
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
