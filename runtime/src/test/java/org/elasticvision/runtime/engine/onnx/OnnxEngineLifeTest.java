package org.elasticvision.runtime.engine.onnx;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.TinyNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Opening, closing, many threads: never a crash, never a leak. */
class OnnxEngineLifeTest {
    private static final int SIDE = 32;
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeModel() {
        file = TinyNetworks.segmenter(TensorShape.ANY, SIDE, SIDE, new float[][] {{1, 1, 1}, {2, 0, 0}}, new float[2])
                .write(folder.resolve("tiny.onnx"));
    }

    @Test
    void aClosedEngineSaysSo() {
        Engine engine = Engine.open(file, EngineOptions.defaults().withProvider(Provider.CPU));
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.run(floats(3), floats(2), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(file + " is closed");
        assertThat(engine.inputShape().dimension(1)).isEqualTo(3);
    }

    @Test
    void manyThreadsGetTheirOwnAnswers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Engine engine = Engine.open(file, new EngineOptions(1).withProvider(Provider.CPU))) {
            List<Future<?>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                float value = thread;
                calls.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        assertAnswers(engine, value + i);
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingWhileOthersRunWaitsForThem() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 20; round++) {
                Engine engine = Engine.open(file, new EngineOptions(1).withProvider(Provider.CPU));
                CountDownLatch running = new CountDownLatch(THREADS);
                List<Future<?>> calls = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    calls.add(threads.submit(() -> {
                        assertAnswers(engine, 1);
                        running.countDown();
                        while (true) {
                            assertAnswers(engine, 2);
                        }
                    }));
                }
                running.await();
                engine.close();
                for (Future<?> call : calls) {
                    assertThatThrownBy(call::get)
                            .isInstanceOf(ExecutionException.class)
                            .hasRootCauseInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("is closed");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thousandsOfRunsLeaveNativeMemoryFlat() throws IOException {
        FloatBuffer input = floats(3 * 4);
        FloatBuffer output = floats(2 * 4);
        try (Engine engine = Engine.open(file, new EngineOptions(1).withProvider(Provider.CPU))) {
            runs(engine, input, output, 500);
            long before = residentKilobytes();
            runs(engine, input, output, 5_000);
            // A leaked output alone would be 32 KB a run: 160 MB.
            assertThat(residentKilobytes() - before).isLessThan(40_000);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void openingAndClosingLeavesNativeMemoryFlat() throws IOException {
        openings(30);
        long before = residentKilobytes();
        openings(200);
        // A session that is not freed keeps about half a megabyte, and its threads.
        assertThat(residentKilobytes() - before).isLessThan(40_000);
    }

    private void openings(int times) {
        for (int i = 0; i < times; i++) {
            try (Engine engine = Engine.open(file, new EngineOptions(2).withProvider(Provider.CPU))) {
                assertAnswers(engine, i);
            }
        }
    }

    private static void runs(Engine engine, FloatBuffer input, FloatBuffer output, int times) {
        for (int i = 0; i < times; i++) {
            engine.run(input, output, 4);
        }
    }

    private static void assertAnswers(Engine engine, float value) {
        FloatBuffer input = floats(3);
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, value);
        }
        FloatBuffer output = floats(2);
        engine.run(input, output, 1);
        assertThat(output.get(5)).isEqualTo(3 * value);
        assertThat(output.get(SIDE * SIDE + 5)).isEqualTo(2 * value);
    }

    private static FloatBuffer floats(int planes) {
        return DirectBuffers.floats(planes * SIDE * SIDE);
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
