package org.elasticvision.runtime.concurrent.workers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.elasticvision.runtime.base.ElasticVisionException;

/** Work on many things by several threads, whose results come in the order of the things. */
public final class OrderedWorkers {
    /** Results that wait for an earlier one are held in memory: not many. */
    private static final int AHEAD = 2;

    private OrderedWorkers() {}

    /**
     * Works on all items. The first failure ends it and is thrown here, when no work is running any more.
     *
     * @param <T> what is worked on
     * @param <R> what the work on one item gives
     * @param threads how many, at least 1
     * @param items in order
     * @param work run by {@code threads} threads
     * @param take gets the results, in the calling thread
     */
    public static <T, R> void forEach(
            int threads, Iterable<? extends T> items, Function<? super T, ? extends R> work, Consumer<? super R> take) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "elastic-worker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<R>> running = new ArrayDeque<>();
            for (T item : items) {
                if (running.size() == threads * AHEAD) {
                    take.accept(result(running.remove()));
                }
                running.add(workers.submit(() -> work.apply(item)));
            }
            while (!running.isEmpty()) {
                take.accept(result(running.remove()));
            }
        } finally {
            stop(workers);
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticVisionException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void stop(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted(); // else it would not wait at all
        for (boolean ended = false; !ended; ) {
            try {
                ended = workers.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
