package org.elasticvision.train.data.loading;

import java.nio.FloatBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Threads that begin and end. */
@Timeout(60) // only so that a deadlock does not hang the build
class EpochLifeTest {
    private static final LoaderOptions OPTIONS = LoaderOptions.training(Task.CLASSIFICATION, 4, 3, 1);

    private static Loader loader(TrainingData data) {
        return new Loader(data, OPTIONS, report -> {});
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("elastic-loader"));
    }

    @Test
    void closingWhileTheQueueIsFullEndsTheThreads() {
        DrawnData data = new DrawnData(1000);
        try (Loader loader = loader(data)) {
            Epoch epoch = loader.epoch(0);
            epoch.next();
            int full = (1 + OPTIONS.ahead()) * 4;
            while (data.loaded.get() < full) {
                Thread.onSpinWait();
            }
            epoch.close();
            epoch.close();
            assertThat(data.loaded).hasValue(full); // no more than there is room for
            assertThatIllegalStateException().isThrownBy(epoch::next);
        }
    }

    @Test
    void theNextEpochEndsTheOneBefore() {
        try (Loader loader = loader(new DrawnData(1000))) {
            Epoch first = loader.epoch(0);
            Batches.Copy copy = Batches.copy(first.next());
            Epoch second = loader.epoch(0);
            assertThatIllegalStateException().isThrownBy(first::next);
            assertThat(Batches.copy(second.next())).isEqualTo(copy);
        }
    }

    @Test
    void aClosedLoaderHasNoEpochs() {
        Loader loader = loader(new DrawnData(10));
        loader.close();
        loader.close();
        assertThatIllegalStateException().isThrownBy(() -> loader.epoch(0));
    }

    @Test
    void anInterruptWakesWhoWaits() throws InterruptedException {
        Held data = new Held();
        try (Loader loader = loader(data)) {
            Epoch epoch = loader.epoch(0);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread consumer = new Thread(() -> {
                try {
                    epoch.next();
                } catch (ElasticVisionException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            consumer.start();
            data.asked.await();
            consumer.interrupt();
            consumer.join();
            data.allow(40);
            assertThat(thrown.get()).hasMessage("interrupted while waiting for images");
            assertThat(flag.get()).isTrue();
        }
    }

    @Test
    void closingFromElsewhereWakesWhoWaits() throws InterruptedException {
        Held data = new Held();
        try (Loader loader = loader(data)) {
            Epoch epoch = loader.epoch(0);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread consumer = new Thread(() -> {
                try {
                    epoch.next();
                } catch (IllegalStateException e) {
                    thrown.set(e);
                    data.allow(40); // woken although the image is still being loaded
                }
            });
            consumer.start();
            data.asked.await();
            epoch.close();
            consumer.join();
            assertThat(thrown.get()).hasMessage("the epoch is closed");
        }
    }

    @Test
    void waitsAreCounted() throws InterruptedException {
        Held data = new Held();
        try (Loader loader = new Loader(data, LoaderOptions.validation(4, 3), report -> {})) {
            Epoch epoch = loader.epoch(0);
            assertThat(epoch.waitedForFirst()).isZero();
            nextWhichMustWait(epoch, data, 4);
            assertThat(epoch.waitedForFirst()).isPositive();
            assertThat(epoch.waited()).isZero();
            nextWhichMustWait(epoch, data, 40);
            assertThat(epoch.waited()).isPositive();
        }
    }

    /** The images are let go when the consumer waits for them. */
    private static void nextWhichMustWait(Epoch epoch, Held data, int allowed) throws InterruptedException {
        AtomicReference<Batch> batch = new AtomicReference<>();
        Thread consumer = new Thread(() -> batch.set(epoch.next()));
        consumer.start();
        while (consumer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        data.allow(allowed);
        consumer.join();
        assertThat(batch.get().size()).isEqualTo(4);
    }

    @Test
    void anInterruptedCloserStillWaitsForTheThreads() {
        try (Loader loader = loader(new DrawnData(1000))) {
            Epoch epoch = loader.epoch(0);
            epoch.next();
            Thread.currentThread().interrupt();
            epoch.close();
            noThreadIsLeft();
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(epoch::next).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Says that it was asked for an image, and gives as many as are let go, from the first on. */
    private static final class Held implements TrainingData {
        private final CountDownLatch asked = new CountDownLatch(1);
        private int allowed;

        synchronized void allow(int images) {
            allowed = images;
            notifyAll();
        }

        @Override
        public int size() {
            return 40;
        }

        @Override
        public String name(int index) {
            return "held";
        }

        @Override
        public int height() {
            return 1;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public synchronized Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            asked.countDown();
            try {
                while (index >= allowed) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Target.Classes(new int[1]);
        }
    }
}
