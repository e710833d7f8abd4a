package org.elasticvision.runtime.engine.tensorrt;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How an engine file is run, on a platform that only pretends. */
class TensorRtEngineTest {
    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @Test
    void looksBeforeItTouchesTensorRt() {
        try (Engine engine = open()) {
            assertThat(platform.events).containsExactly("cuda", "tensorRt", "load net.engine on 0", "context 1");
            assertThat(engine.inputShape()).isEqualTo(TensorShape.of(TensorShape.ANY, 2));
            assertThat(engine.outputShape()).isEqualTo(TensorShape.of(TensorShape.ANY, 1));
            assertThat(engine.metadata()).containsEntry("elastic.task", "classification");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, run 1 as 1",
        "8, run 8 as 8",
        "9, run 8 as 8; run 1 as 1",
        "20, run 8 as 8; run 8 as 8; run 4 as 4",
    })
    void largeBatchesAreRunInParts(int items, String runs) {
        try (Engine engine = open()) {
            assertAnswers(engine, items);
        }
        assertThat(runs()).containsExactly(runs.split("; "));
    }

    @ParameterizedTest
    @CsvSource({"1, run 1 as 4", "4, run 4 as 4", "6, run 6 as 6", "9, run 8 as 8; run 1 as 4"})
    void smallBatchesAreFilledUp(int items, String runs) {
        platform.batch = new BatchRange(4, 4, 8);
        try (Engine engine = open()) {
            assertAnswers(engine, items);
        }
        assertThat(runs()).containsExactly(runs.split("; "));
    }

    @Test
    void aFixedBatchIsTheBatch() {
        platform.batch = BatchRange.of(4); // of an engine that leaves it open, and whose profile does not
        try (Engine engine = open()) {
            assertThat(engine.inputShape()).isEqualTo(TensorShape.of(4, 2));
            assertThat(engine.outputShape()).isEqualTo(TensorShape.of(4, 1));
            assertAnswers(engine, 4);
            assertThatThrownBy(() -> assertAnswers(engine, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("exactly 4");
        }
    }

    @Test
    void buffersThatDoNotFitAreRefused() {
        try (Engine engine = open()) {
            FloatBuffer one = DirectBuffers.floats(1);
            assertThatThrownBy(() -> engine.run(one, one, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the input buffer holds 1 floats, 2 are needed");
            assertThatThrownBy(() -> engine.run(FloatBuffer.allocate(2), one, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be direct");
            assertThatThrownBy(() -> engine.run(one, one, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 or more");
        }
        assertThat(runs()).isEmpty();
    }

    @Test
    void onAnotherGpu() {
        platform.cuda = FakePlatform.cuda(FakePlatform.TURING, FakePlatform.HOPPER);
        TensorRtEngine.open(file(), 1, platform).close();
        assertThat(platform.events).contains("load net.engine on 1");
    }

    @Test
    void onlyEnginesForSeveralVersionsMayBringCodeForTheCpu() {
        Path file =
                EngineFiles.write(folder.resolve("several.engine"), platform.batch, FakePlatform.HOPPER, false, true);
        TensorRtEngine.open(file, 0, platform).close();
        assertThat(platform.events).contains("load several.engine on 0 with host code");
    }

    @Test
    void freesContextsBeforeTheEngineAndOnce() {
        Engine engine = open();
        engine.close();
        engine.close();
        assertThat(platform.events).endsWith("context 1", "close context 1", "close engine");
        assertThat(platform.events).containsOnlyOnce("close engine");
        assertThatThrownBy(() -> assertAnswers(engine, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("net.engine is closed");
    }

    @Test
    void anEngineThatHasNoMemoryForAContextIsFreed() {
        platform.mostContexts = 0;
        assertThatThrownBy(this::open).isInstanceOf(ModelException.class).hasMessageContaining("not enough memory");
        assertThat(platform.events).endsWith("load net.engine on 0", "close engine");
    }

    @Test
    void anEngineThatIsNotAsDescribedIsFreed() {
        Path file = file();
        platform.batch = new BatchRange(1, 1, 2);
        assertThatThrownBy(() -> TensorRtEngine.open(file, 0, platform))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("takes batches of 1,1,2, but")
                .hasMessageContaining("says 1,4,8; build it again: elastic build-engine");
        assertThat(platform.events).endsWith("load net.engine on 0", "close engine");
    }

    @Test
    void afterAFailedRunTheNextOneWorks() {
        try (Engine engine = open()) {
            platform.duringRun = () -> {
                throw new ModelException("an illegal instruction was encountered");
            };
            for (int i = 0; i < 3; i++) { // more than there are contexts
                assertThatThrownBy(() -> assertAnswers(engine, 1)).isInstanceOf(ModelException.class);
            }
            platform.duringRun = () -> {};
            assertAnswers(engine, 1);
        }
        assertThat(platform.events).endsWith("close context 1", "close engine").doesNotContain("context 2");
    }

    @Test
    void closingWaitsForARunningCall() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        platform.duringRun = () -> {
            running.countDown();
            await(goOn);
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Engine engine = open();
            Future<?> run = threads.submit(() -> assertAnswers(engine, 1));
            await(running);
            Future<?> close = threads.submit(engine::close);
            assertThatThrownBy(() -> close.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(platform.events).doesNotContain("close context 1");
            goOn.countDown();
            run.get();
            close.get();
            assertThat(platform.events).endsWith("close context 1", "close engine");
        } finally {
            goOn.countDown();
            threads.shutdownNow();
        }
    }

    private Engine open() {
        return TensorRtEngine.open(file(), 0, platform);
    }

    private Path file() {
        return EngineFiles.write(folder.resolve("net.engine"), platform.batch, FakePlatform.HOPPER, false, false);
    }

    private List<String> runs() {
        return platform.events.stream().filter(event -> event.startsWith("run")).toList();
    }

    private static void assertAnswers(Engine engine, int items) {
        FloatBuffer input = DirectBuffers.floats(items * 2);
        for (int i = 0; i < input.capacity(); i++) {
            input.put(i, i);
        }
        FloatBuffer output = DirectBuffers.floats(items);
        engine.run(input, output, items);
        for (int item = 0; item < items; item++) {
            assertThat(output.get(item)).isEqualTo(2 * (4 * item + 1));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
