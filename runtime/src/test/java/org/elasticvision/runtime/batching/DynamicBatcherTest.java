package org.elasticvision.runtime.batching;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class DynamicBatcherTest {
    /** In these tests nothing waits so long: only full batches and closing set them off. */
    private static final BatcherOptions PATIENT =
            BatcherOptions.defaults().withMaxDelay(Duration.ofHours(1)).withRunners(1);

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aFullBatchGoesOff() {
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(3), PATIENT)) {
            CompletableFuture<String> a = batcher.submit(image("a"));
            CompletableFuture<String> b = batcher.submit(image("b"));
            assertThat(a).isNotDone();
            CompletableFuture<String> c = batcher.submit(image("c"));
            assertThat(List.of(a.join(), b.join(), c.join())).containsExactly("a", "b", "c");
            assertThat(batches).containsExactly(List.of("a", "b", "c"));
            assertThat(batcher.statistics()).isEqualTo(new BatcherStatistics(0, 0, 1, 3, 0, 0));
        }
    }

    @Test
    void aBatchThatDoesNotFillUpGoesOffInTime() {
        BatcherOptions options = PATIENT.withMaxDelay(Duration.ofMillis(1));
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(100), options)) {
            assertThat(batcher.predict(image("alone"))).isEqualTo("alone");
        }
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(100), PATIENT.withMaxDelay(Duration.ZERO))) {
            assertThat(batcher.predict(image("at once"))).isEqualTo("at once");
        }
    }

    @Test
    void aSmallerBatchMayBeAskedFor() {
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(8), PATIENT.withMaxBatch(2))) {
            CompletableFuture<String> first = batcher.submit(image("a"));
            assertThat(batcher.predict(image("b"))).isEqualTo("b");
            assertThat(first.join()).isEqualTo("a");
        }
        assertThat(batches).containsExactly(List.of("a", "b"));
        assertThatThrownBy(() -> new DynamicBatcher<>(names(2), PATIENT.withMaxBatch(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxBatch 3 is more than the 2 that the model takes at a time");
    }

    @Test
    void closingAnswersWhatWaitsAndRefusesWhatComes() {
        DynamicBatcher<String> batcher = new DynamicBatcher<>(names(4), PATIENT);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(batcher.submit(image("image " + i)));
        }
        batcher.close();
        batcher.close();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(batches).containsExactly(List.of("image 0", "image 1", "image 2"));
        assertThatThrownBy(() -> batcher.submit(image("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void tooManyAreRefusedUntilThereIsRoom() {
        CountDownLatch inTheNetwork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(held(inTheNetwork, goOn), PATIENT.withWaiting(2))) {
            CompletableFuture<String> first = batcher.submit(image("first"));
            await(inTheNetwork);
            CompletableFuture<String> second = batcher.submit(image("second"));
            CompletableFuture<String> third = batcher.submit(image("third"));
            assertThatThrownBy(() -> batcher.submit(image("fourth")))
                    .isInstanceOf(OverloadedException.class)
                    .hasMessage("2 images wait already; ask again in a moment, or let more wait (withWaiting)");
            assertThat(second.cancel(false)).isTrue();
            CompletableFuture<String> fifth = batcher.submit(image("fifth")); // in the place of the cancelled one
            goOn.countDown();
            assertThat(List.of(first.join(), third.join(), fifth.join())).containsExactly("first", "third", "fifth");
            assertThat(batcher.statistics()).isEqualTo(new BatcherStatistics(0, 0, 3, 3, 1, 1));
        }
        assertThat(batches).containsExactly(List.of("first"), List.of("third"), List.of("fifth"));
    }

    @Test
    void oneBrokenImageFailsItsOwnFutureOnly() {
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(8), PATIENT)) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(batcher.submit(
                        i == 5
                                ? ImageSource.of("no image".getBytes(StandardCharsets.UTF_8), "broken")
                                : image("image " + i)));
            }
            for (int i = 0; i < 8; i++) {
                if (i == 5) {
                    assertThatThrownBy(answers.get(i)::join)
                            .isInstanceOf(CompletionException.class)
                            .cause()
                            .isInstanceOf(ImageException.class)
                            .hasMessageStartingWith("broken: ");
                } else {
                    assertThat(answers.get(i).join()).isEqualTo("image " + i);
                }
            }
        }
    }

    @Test
    void anErrorFailsTheBatchAndTheNextIsAnswered() {
        Predictor<String> predictor = Predictor.of(1, images -> {
            if (images.get(0).name().equals("bad")) {
                throw new UnsatisfiedLinkError("in a test");
            }
            return List.of("well");
        });
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(predictor, PATIENT)) {
            assertThatThrownBy(() -> batcher.predict(image("bad"))).isInstanceOf(UnsatisfiedLinkError.class);
            assertThat(batcher.predict(image("good"))).isEqualTo("well");
        }
    }

    @Test
    void predictThrowsWhatFailed() {
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(1), PATIENT)) {
            assertThatThrownBy(() -> batcher.predict(ImageSource.of(folder.resolve("none.jpg"))))
                    .isInstanceOf(ImageException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingIsSkipped() throws Exception {
        CountDownLatch inTheNetwork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(held(inTheNetwork, goOn), PATIENT)) {
            CompletableFuture<String> first = batcher.submit(image("first"));
            await(inTheNetwork);
            FutureTask<String> second = new FutureTask<>(() -> batcher.predict(image("second")));
            Thread caller = new Thread(second, "caller");
            caller.start();
            caller.interrupt();
            assertThatThrownBy(second::get)
                    .cause()
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessage("second: interrupted while waiting for its answer");
            goOn.countDown();
            first.join();
        }
        assertThat(batches).containsExactly(List.of("first"));
    }

    @Test
    void whatHangsOnAFutureMayCloseTheBatcher() {
        DynamicBatcher<String> batcher = new DynamicBatcher<>(names(2), PATIENT);
        CompletableFuture<Void> closed = batcher.submit(image("a")).thenRun(batcher::close);
        CompletableFuture<String> second = batcher.submit(image("b"));
        closed.join();
        assertThat(second.join()).isEqualTo("b");
        batcher.close();
    }

    @Test
    void aModelOfBatchOneIsAskedAtOnceAndOneAtATime() {
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(names(1), PATIENT)) {
            List<CompletableFuture<String>> answers = List.of(
                    batcher.submit(image("a")),
                    batcher.submit(image("b")),
                    batcher.submit(image("c"))); // no hour passes
            answers.forEach(CompletableFuture::join);
        }
        assertThat(batches).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    void tellsWhenATurnHasCome() {
        CountDownLatch inTheNetwork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> begun = new CopyOnWriteArrayList<>();
        try (DynamicBatcher<String> batcher = new DynamicBatcher<>(held(inTheNetwork, goOn), PATIENT)) {
            CompletableFuture<String> first = batcher.submit(image("first"), () -> begun.add("first"));
            await(inTheNetwork);
            CompletableFuture<String> second = batcher.submit(image("second"), () -> begun.add("second"));
            CompletableFuture<String> third = batcher.submit(image("third"), () -> begun.add("third"));
            assertThat(begun).containsExactly("first");
            assertThat(batcher.statistics()).isEqualTo(new BatcherStatistics(2, 1, 1, 1, 0, 0));
            second.cancel(false);
            assertThat(batcher.statistics().waiting()).isEqualTo(1);
            goOn.countDown();
            assertThat(List.of(first.join(), third.join())).containsExactly("first", "third");
            assertThat(begun).containsExactly("first", "third");
        }
    }

    @Test
    void batchersShareTheirTurns() {
        CountDownLatch inTheNetwork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Semaphore turns = new Semaphore(1);
        try (DynamicBatcher<String> one = new DynamicBatcher<>(held(inTheNetwork, goOn), PATIENT, turns);
                DynamicBatcher<String> other = new DynamicBatcher<>(names(2), PATIENT, turns)) {
            CompletableFuture<String> first = one.submit(image("first"));
            await(inTheNetwork);
            CompletableFuture<String> left = other.submit(image("left alone"));
            CompletableFuture<String> second = other.submit(image("second"));
            // The batch is full, and its runner free, but it must wait; so another image can take a place in it.
            left.cancel(false);
            assertThat(other.statistics().running()).isZero();
            CompletableFuture<String> third = other.submit(image("third"));
            goOn.countDown();
            assertThat(List.of(first.join(), second.join(), third.join())).containsExactly("first", "second", "third");
        }
        assertThat(batches).containsExactly(List.of("first"), List.of("second", "third"));
        assertThat(turns.availablePermits()).isEqualTo(1);
    }

    @Test
    void closingDoesNotWaitForeverForANetworkThatHangs() {
        CountDownLatch inTheNetwork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DynamicBatcher<String> batcher = new DynamicBatcher<>(held(inTheNetwork, goOn), PATIENT);
        CompletableFuture<String> first = batcher.submit(image("first"));
        await(inTheNetwork);
        CompletableFuture<String> second = batcher.submit(image("second"));
        assertThat(batcher.close(Duration.ofMillis(20))).isFalse();
        assertThat(first).isNotDone();
        assertThat(second).isCancelled();
        goOn.countDown();
        assertThat(first.join()).isEqualTo("first");
        assertThat(batcher.close(Duration.ofMinutes(1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {TensorShape.ANY, 4})
    void manyThreadsShareAModel(int batch) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Classifier model = Classifier.open(
                        TestModels.classifier(folder, batch),
                        ModelOptions.defaults().withBatch(4));
                DynamicBatcher<Classification> batcher = new DynamicBatcher<>(model, BatcherOptions.defaults())) {
            List<Future<?>> callers = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int index = thread % 3;
                ImageSource image = ImageSource.of(TestModels.plain(5, 4, 0xFF0000 >> (8 * index)));
                callers.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(batcher.predict(image).top(1).get(0).index()).isEqualTo(index);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            assertThat(batcher.statistics().images()).isEqualTo(800);
            assertThat(batcher.statistics().batches()).isBetween(200L, 800L);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void optionsSayWhatIsAllowed() {
        assertThatThrownBy(() -> BatcherOptions.defaults().withMaxDelay(Duration.ofMillis(-1)))
                .hasMessage("maxDelay -1 ms must be between 0 s and 1 h");
        assertThatThrownBy(() -> BatcherOptions.defaults().withWaiting(0))
                .hasMessage("waiting 0 must be between 1 and 1048576");
        assertThatThrownBy(() -> BatcherOptions.defaults().withRunners(0))
                .hasMessage("runners 0 must be between 1 and 1024");
        assertThatThrownBy(() -> BatcherOptions.defaults().withMaxBatch(-1)).hasMessageStartingWith("maxBatch -1");
    }

    @Test
    void optionsChangeOneByOne() {
        BatcherOptions options = BatcherOptions.defaults()
                .withMaxBatch(3)
                .withMaxDelay(Duration.ofMillis(4))
                .withWaiting(5)
                .withRunners(6);
        assertThat(options).isEqualTo(new BatcherOptions(3, Duration.ofMillis(4), 5, 6));
    }

    /** Decodes all images, then answers with their names. */
    private Predictor<String> names(int batch) {
        return Predictor.of(batch, images -> {
            images.forEach(image -> image.decode(Orientation.IGNORE_EXIF));
            List<String> names = images.stream().map(ImageSource::name).toList();
            batches.add(names);
            return names;
        });
    }

    /** Answers one at a time, and holds the first. */
    private Predictor<String> held(CountDownLatch inTheNetwork, CountDownLatch goOn) {
        return Predictor.of(1, images -> {
            inTheNetwork.countDown();
            await(goOn);
            return names(1).predict(images);
        });
    }

    private static ImageSource image(String name) {
        return ImageSource.of(new RgbImage(1, 1, new byte[3]), name);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
