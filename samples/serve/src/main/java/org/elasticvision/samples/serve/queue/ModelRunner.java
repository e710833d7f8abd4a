package org.elasticvision.samples.serve.queue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.elasticvision.runtime.batching.BatcherOptions;
import org.elasticvision.runtime.batching.BatcherStatistics;
import org.elasticvision.runtime.batching.DynamicBatcher;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.model.ServedModel;

/**
 * A model with its batcher, which it owns. It counts who uses it, so that a model that was replaced is closed when the last
 * request on it has been answered, and not before. Thread-safe.
 */
final class ModelRunner {
    /** How often those who wait look whether their client is there still. */
    static final long LOOK_NANOS = 20_000_000;

    private final ServedModel model;
    private final int version;
    private final DynamicBatcher<ServedModel.Answer> batcher;
    private final Semaphore turns;
    private final Pace pace = new Pace();
    private int users;
    private boolean retired;

    /**
     * @param version counts the models that had this name, from 1
     * @param turns shared by all models
     */
    ModelRunner(ServedModel model, int version, BatcherOptions options, Semaphore turns) {
        this.model = model;
        this.version = version;
        this.turns = turns;
        batcher = new DynamicBatcher<>(model, options, turns);
    }

    ServedModel model() {
        return model;
    }

    int version() {
        return version;
    }

    Pace pace() {
        return pace;
    }

    /** {@return whether it may be used, until {@link #leave}} False once it is retired. */
    synchronized boolean enter() {
        if (retired) {
            return false;
        }
        users++;
        return true;
    }

    synchronized void leave() {
        users--;
        notifyAll();
    }

    CompletableFuture<ServedModel.Answer> submit(ImageSource image, Runnable begun) {
        return batcher.submit(image, begun);
    }

    /**
     * Does work that is not about images when its turn comes, on a thread of its own, as what runs in a native library cannot be
     * interrupted. The model stays open until it has ended, also if nobody waits for it any more.
     *
     * @param deadline by which the turn must have come
     * @return null where it did not come, or its client has gone
     */
    <R> CompletableFuture<R> inTurn(Supplier<R> work, Executor threads, Deadline deadline) throws InterruptedException {
        while (!turns.tryAcquire(Math.min(deadline.remainingNanos(), LOOK_NANOS), TimeUnit.NANOSECONDS)) {
            if (deadline.passed() || deadline.abandoned().getAsBoolean()) {
                return null;
            }
        }
        synchronized (this) {
            users++; // its caller is one already, so that it is not closed
        }
        long begun = System.nanoTime();
        try {
            return CompletableFuture.supplyAsync(work, threads).whenComplete((result, failure) -> {
                pace.add(System.nanoTime() - begun, 1);
                endTurn();
            });
        } catch (Error e) { // no thread can be started
            endTurn();
            throw e;
        }
    }

    private void endTurn() {
        turns.release();
        leave();
    }

    BatcherStatistics statistics() {
        return batcher.statistics();
    }

    /**
     * Takes no more users, waits for those that there are, and closes the model.
     *
     * @param patience how long to wait at most, twice; a model that hangs then is left open, as it would not let itself be closed
     */
    void retire(Duration patience) {
        boolean idle;
        synchronized (this) {
            retired = true;
            idle = awaitIdle(System.nanoTime() + patience.toNanos());
        }
        if (batcher.close(patience) && idle) {
            model.close();
        }
    }

    private synchronized boolean awaitIdle(long deadline) {
        boolean interrupted = false;
        long left = deadline - System.nanoTime();
        while (users > 0 && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return users == 0;
    }
}
