package org.elasticvision.runtime.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;

/** Threads that ask a model at the same time, each again as soon as it has its answer. */
final class Callers {
    private static final int DIGITS = 3;

    private final Model<?> model;
    private final List<List<ImageSource>> calls;
    private final int threads;
    private final AtomicInteger next = new AtomicInteger();

    Callers(Model<?> model, List<List<ImageSource>> calls, int threads) {
        this.model = model;
        this.calls = calls;
        this.threads = threads;
    }

    /** Asks for so long, by each thread at least once, unless the time is zero. The first failure ends it and is thrown. */
    Histogram askFor(Duration time) {
        Histogram all = new Histogram(DIGITS);
        if (time.isZero()) {
            return all;
        }
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "elastic-caller");
            thread.setDaemon(true);
            return thread;
        });
        AtomicBoolean stop = new AtomicBoolean();
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> askUntil(end, stop)));
            }
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticVisionException("interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            stop.set(true);
            workers.shutdown();
        }
    }

    private Histogram askUntil(long end, AtomicBoolean stop) {
        Histogram latencies = new Histogram(DIGITS);
        try {
            do {
                List<ImageSource> call = calls.get(Math.floorMod(next.getAndIncrement(), calls.size()));
                long start = System.nanoTime();
                model.predict(call);
                latencies.recordValue(System.nanoTime() - start);
            } while (System.nanoTime() - end < 0 && !stop.get());
            return latencies;
        } catch (RuntimeException | Error e) {
            stop.set(true);
            throw e;
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }
}
