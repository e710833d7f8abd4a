package org.elasticvision.runtime.engine.onednn;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Goal;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.OnnxFile;
import org.elasticvision.runtime.engine.OnnxParts;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.TensorShape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@link Engine} promises, in oneDNN: opening, closing, many threads; never a crash, never a leak. */
@Timeout(120)
class OneDnnEngineTest {
    private static final int SIDE = 12;
    private static final int THREADS = 8;
    private static final EngineOptions ONE_THREAD = new EngineOptions(1).withProvider(Provider.ONEDNN);

    @TempDir
    Path folder;

    private Path file;

    @BeforeAll
    static void load() {
        OneDnnRequirements.assumeThatItLoads();
    }

    @BeforeEach
    void writeModel() {
        file = network(TensorShape.ANY).write(folder.resolve("tiny.onnx"));
    }

    private static OnnxFile network(int batch) {
        return new OnnxFile()
                .input("x", batch, 3, SIDE, SIDE)
                .output("y", batch, 5, SIDE, SIDE)
                .tensor(OnnxParts.random("w", 0.3, 16, 3, 3, 3))
                .tensor(OnnxParts.random("v", 0.3, 5, 16, 1, 1))
                .tensor(OnnxParts.random("b", 1, 5))
                .nodes(
                        OnnxParts.node("Conv", "x w", "c", OnnxParts.numbers("pads", 1, 1, 1, 1)),
                        OnnxParts.node("Relu", "c", "r"),
                        OnnxParts.node("Conv", "r v b", "y"));
    }

    private static FloatBuffer images(int batch, int seed) {
        FloatBuffer input = DirectBuffers.floats(batch * 3 * SIDE * SIDE);
        Random random = new Random(seed);
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, (float) random.nextGaussian());
        }
        return input;
    }

    private static float[] answer(Engine engine, int batch, int seed) {
        FloatBuffer output = answers(batch);
        engine.run(images(batch, seed), output, batch);
        float[] values = new float[output.capacity()];
        output.get(values);
        return values;
    }

    private static FloatBuffer answers(int batch) {
        return DirectBuffers.floats(batch * 5 * SIDE * SIDE);
    }

    @Test
    void saysWhatItIs() {
        Path named = network(2).metadata(Map.of("a", "Ä")).write(folder.resolve("named.onnx"));
        try (Engine engine = Engine.open(named, ONE_THREAD)) {
            assertThat(engine).hasToString("oneDNN engine (FP32) for " + named);
            assertThat(engine.metadata()).isEqualTo(Map.of("a", "Ä"));
            assertThat(engine.inputShape()).hasToString("[2, 3, 12, 12]");
            assertThat(engine.outputShape()).hasToString("[2, 5, 12, 12]");
        }
    }

    @Test
    void aClosedEngineSaysSo() {
        Engine engine = Engine.open(file, ONE_THREAD);
        engine.close();
        engine.close();
        assertThatThrownBy(() -> answer(engine, 1, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(file + " is closed");
        assertThat(engine.inputShape().dimension(1)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Goal.class)
    void manyThreadsGetTheirOwnAnswersToTheBit(Goal goal) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        EngineOptions options =
                EngineOptions.defaults().withProvider(Provider.ONEDNN).withGoal(goal);
        try (Engine engine = Engine.open(file, options)) {
            List<float[]> expected = new ArrayList<>();
            for (int seed = 0; seed < THREADS; seed++) {
                expected.add(answer(engine, 1 + seed % 3, seed));
            }
            List<Future<?>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int seed = thread;
                calls.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        assertThat(Arrays.equals(answer(engine, 1 + seed % 3, seed), expected.get(seed)))
                                .as("run " + i + " of thread " + seed)
                                .isTrue();
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
    void theNumberOfThreadsChangesNoAnswer() {
        float[] one;
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            one = answer(engine, 2, 1);
        }
        try (Engine engine = Engine.open(file, ONE_THREAD.withThreads(3))) {
            assertThat(answer(engine, 2, 1)).containsExactly(one);
        }
    }

    @Test
    void batchesOfManySizesInTurn() {
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            float[] alone = answer(engine, 1, 5);
            for (int batch : new int[] {3, 1, 7, 2, 8, 5, 6, 3, 1, 4, 1}) {
                float[] all = answer(engine, batch, 5);
                assertThat(Arrays.copyOf(all, alone.length))
                        .as("batch " + batch)
                        .containsExactly(alone);
            }
        }
    }

    @Test
    void manySizesOfBatchesLeaveNativeMemoryFlat() {
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            for (int batch = 1; batch <= 12; batch++) {
                answer(engine, batch, 1);
            }
            long before = Pointer.totalBytes();
            for (int round = 0; round < 3; round++) {
                for (int batch = 1; batch <= 12; batch++) {
                    answer(engine, batch, 1);
                }
            }
            assertThat(Pointer.totalBytes() - before).isLessThan(100_000);
        }
    }

    @Test
    void closingWhileOthersRunWaitsForThem() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 10; round++) {
                Engine engine = Engine.open(file, ONE_THREAD.withGoal(Goal.THROUGHPUT));
                CountDownLatch running = new CountDownLatch(THREADS);
                List<Future<?>> calls = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    calls.add(threads.submit(() -> {
                        answer(engine, 1, 1);
                        running.countDown();
                        while (true) {
                            answer(engine, 1, 2);
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
    void anInterruptedCallerGetsItsAnswerAndStaysInterrupted() {
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            float[] expected = answer(engine, 1, 3);
            Thread.currentThread().interrupt();
            assertThat(answer(engine, 1, 3)).containsExactly(expected);
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
        } finally {
            assertThat(Thread.interrupted()).isTrue(); // closing kept it too
        }
    }

    @Test
    void anInterruptedThreadCanOpenAnEngine() {
        Thread.currentThread().interrupt();
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            assertThat(engine.outputShape().dimension(1)).isEqualTo(5);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void buffersThatNativeCodeCannotUseAreRefused() {
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            FloatBuffer output = answers(2);
            assertThatThrownBy(() -> engine.run(FloatBuffer.allocate(2 * 3 * SIDE * SIDE), output, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be direct");
            assertThatThrownBy(() -> engine.run(images(1, 1), output, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the input buffer holds 432 floats, 864 are needed");
            assertThatThrownBy(() -> engine.run(images(2, 1), answers(1), 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the output buffer holds 720 floats, 1440 are needed");
        }
    }

    @Test
    void aBufferIsReadFromItsStartWhateverItsPosition() {
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            float[] expected = answer(engine, 1, 3);
            FloatBuffer input = images(1, 3).position(20).limit(30);
            FloatBuffer output = answers(3);
            output.position(7);
            engine.run(input, output, 1);
            assertThat(input.position()).isEqualTo(20);
            assertThat(output.position()).isEqualTo(7);
            for (int i = 0; i < expected.length; i++) {
                assertThat(output.get(i)).isEqualTo(expected[i]);
            }
            assertThat(output.get(expected.length)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, exactly 2", "3, exactly 2", "0, exactly 2"})
    void aFixedBatchTakesNoOther(int batch, String why) {
        try (Engine engine = Engine.open(network(2).write(folder.resolve("two.onnx")), ONE_THREAD)) {
            assertThat(answer(engine, 2, 1)).hasSize(2 * 5 * SIDE * SIDE);
            assertThatThrownBy(() -> engine.run(images(3, 1), answers(3), batch))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(why);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "2147483647"})
    void batchesThatCannotBe(int batch) {
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            assertThatThrownBy(() -> engine.run(images(1, 1), answers(1), batch))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void openingAndClosingLeavesNativeMemoryFlat() {
        openings(5);
        long before = Pointer.totalBytes();
        long threads = lanes();
        openings(50);
        assertThat(Pointer.totalBytes() - before).isLessThan(10_000);
        assertThat(lanes()).isLessThanOrEqualTo(threads);
    }

    private void openings(int times) {
        for (int i = 0; i < times; i++) {
            try (Engine engine = Engine.open(file, new EngineOptions(2).withProvider(Provider.ONEDNN))) {
                answer(engine, 1 + i % 2, i);
            }
        }
    }

    private static long lanes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("onednn-"))
                .count();
    }

    @Test
    void aRefusedModelLeavesNothing() {
        Path odd = network(1).node(OnnxParts.node("Softplus", "y", "z")).write(folder.resolve("odd.onnx"));
        long before = Pointer.totalBytes();
        long threads = lanes();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> Engine.open(odd, ONE_THREAD))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(
                            odd + " cannot run in oneDNN: node 'z' (Softplus) is an operator that this engine does not"
                                    + " have; use --provider cpu");
        }
        assertThat(Pointer.totalBytes()).isEqualTo(before);
        assertThat(lanes()).isEqualTo(threads);
    }

    @Test
    void imagesThatNoMemoryHoldsAreRefused() {
        Path huge = new OnnxFile()
                .input("x", 1, 3, 65536, 65536)
                .output("y", 1, 3, 65536, 65536)
                .node(OnnxParts.node("Relu", "x", "y"))
                .write(folder.resolve("huge.onnx"));
        assertThatThrownBy(() -> Engine.open(huge, ONE_THREAD))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("[1, 3, 65536, 65536]");
    }

    @Test
    void aBatchThatNoMemoryHoldsIsRefused() {
        Path huge = new OnnxFile()
                .input("x", 60_000, 3, 200, 200)
                .output("y", 60_000, 3, 200, 200)
                .node(OnnxParts.node("Relu", "x", "y"))
                .write(folder.resolve("huge.onnx"));
        assertThatThrownBy(() -> Engine.open(huge, ONE_THREAD))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is larger than 2 GB");
    }

    @Test
    void missingWeightsAreNamed() throws Exception {
        Path split = network(1).weightsIn("w.bin", "u", new float[] {1}, 1).write(folder.resolve("split.onnx"));
        Files.delete(folder.resolve("w.bin"));
        assertThatThrownBy(() -> Engine.open(split, ONE_THREAD))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its weights are in w.bin, which does not exist beside it");
    }

    @Test
    void otherPrecisionsAnswerAboutTheSameOrAreRefused() {
        float[] expected;
        try (Engine engine = Engine.open(file, ONE_THREAD)) {
            expected = answer(engine, 1, 1);
        }
        for (InferencePrecision precision : InferencePrecision.values()) {
            try (Engine engine = Engine.open(file, ONE_THREAD.withPrecision(precision))) {
                float[] actual = answer(engine, 1, 1);
                for (int i = 0; i < actual.length; i++) {
                    assertThat(Math.abs(actual[i] - expected[i])).isLessThan(0.1f);
                }
            } catch (ModelException e) {
                assertThat(e).hasMessageContaining("use --inference-precision auto or fp32");
            }
        }
    }
}
