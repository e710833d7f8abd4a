package org.elasticvision.runtime.engine.tensorrt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which thread gets which context. */
class ContextPoolTest {
    private static final int THREADS = 8;

    private final FakePlatform platform = new FakePlatform();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneCallerNeedsOneContext() {
        ContextPool pool = pool();
        for (int i = 0; i < 10; i++) {
            pool.lend(context -> {});
        }
        pool.close();
        assertThat(platform.events).containsExactly("load net.engine on 0", "context 1", "close context 1");
    }

    @Test
    void twoCallersAtOnceGetOneEach() throws Exception {
        ContextPool pool = pool();
        CyclicBarrier both = new CyclicBarrier(2); // passed only if two hold a context at the same time
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            calls.add(threads.submit(() -> pool.lend(context -> {
                try {
                    both.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            })));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        pool.close();
        assertThat(platform.events).contains("close context 1", "close context 2");
    }

    @Test
    void manyCallersShareTwo() throws Exception {
        assertThat(mostAtOnce(pool())).isLessThanOrEqualTo(2);
        assertThat(platform.events).doesNotContain("context 3");
    }

    @Test
    void withoutMemoryForASecondTheyTakeTurns() throws Exception {
        platform.mostContexts = 1;
        assertThat(mostAtOnce(pool())).isEqualTo(1);
        assertThat(platform.events).doesNotContain("context 2");
    }

    private int mostAtOnce(ContextPool pool) throws Exception {
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(threads.submit(() -> {
                for (int call = 0; call < 200; call++) {
                    pool.lend(context -> {
                        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1_000);
                        running.decrementAndGet();
                    });
                }
            }));
        }
        for (Future<?> call : calls) {
            call.get(60, TimeUnit.SECONDS);
        }
        pool.close();
        return mostRunning.get();
    }

    private ContextPool pool() {
        return new ContextPool(platform.load(Path.of("net.engine"), 0, false));
    }
}
