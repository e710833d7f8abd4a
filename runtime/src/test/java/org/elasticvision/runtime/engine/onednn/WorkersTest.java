package org.elasticvision.runtime.engine.onednn;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class WorkersTest {
    private static final int PROCESSORS = 4;

    private final Workers workers = new Workers(PROCESSORS);
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void open() {
        workers.open();
    }

    @AfterEach
    void close() throws InterruptedException {
        workers.close();
        for (Thread one : used) {
            one.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(one.isAlive()).isFalse();
        }
    }

    private void run(int threads, Runnable job) {
        workers.run(threads, () -> {
            used.add(Thread.currentThread());
            job.run();
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Thread> start(int callers, Runnable call) {
        List<Thread> all =
                IntStream.range(0, callers).mapToObj(i -> new Thread(call)).toList();
        all.forEach(Thread::start);
        return all;
    }

    private static void join(List<Thread> all) throws InterruptedException {
        for (Thread one : all) {
            one.join();
        }
    }

    @Test
    void aTeamIsUsedAgain() {
        for (int i = 0; i < 10; i++) {
            run(2, () -> {});
        }
        assertThat(used).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void asManyTeamsWorkAtATimeAsThereAreProcessorsFor() throws InterruptedException {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier two = new CyclicBarrier(2);
        join(start(
                8,
                () -> run(2, () -> {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    await(two); // both of a pair are at work
                    working.decrementAndGet();
                })));
        assertThat(most).hasValue(2);
        assertThat(used).hasSize(2);
    }

    @Test
    void aTeamThatWaitsForWorkMakesPlaceForOneOfAnotherSize() throws InterruptedException {
        run(4, () -> {});
        Thread four = used.iterator().next();
        run(3, () -> {});
        four.join();
        run(4, () -> {});
        assertThat(used).hasSize(3);
    }

    @Test
    void aTeamOfMoreThanAllProcessorsWorksAlone() throws InterruptedException {
        AtomicInteger working = new AtomicInteger();
        join(start(
                4,
                () -> run(9, () -> {
                    assertThat(working.incrementAndGet()).isEqualTo(1);
                    working.decrementAndGet();
                })));
        assertThat(used).hasSize(1);
    }

    @Test
    void singleThreadsDoNotWaitForTeams() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(7);
        List<Thread> callers = start(6, () -> run(1, () -> await(all)));
        run(4, () -> await(all));
        join(callers);
        assertThat(used).hasSize(7);
    }

    @Test
    void whatAJobThrowsIsThrown() {
        assertThatThrownBy(() -> run(2, () -> {
                    throw new IllegalArgumentException("wrong");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wrong");
        assertThatThrownBy(() -> run(2, () -> {
                    throw new OutOfMemoryError("none");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        run(2, () -> {});
        assertThat(used).hasSize(1);
    }

    @Test
    void aCallerThatIsInterruptedWhileItWaitsGetsItsTurn() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> first = start(
                1,
                () -> run(4, () -> {
                    busy.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        busy.await();
        AtomicInteger done = new AtomicInteger();
        List<Thread> second = start(1, () -> {
            Thread.currentThread().interrupt();
            run(2, done::incrementAndGet);
            done.addAndGet(Thread.interrupted() ? 10 : 0);
        });
        go.countDown();
        join(first);
        join(second);
        assertThat(done).hasValue(11);
    }
}
