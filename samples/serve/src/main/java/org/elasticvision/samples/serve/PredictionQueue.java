package org.elasticvision.samples.serve;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Lets so many requests in, and works on fewer at a time; the others wait for their turn. Work that takes too long cannot
 * be stopped inside a native library: its request is answered, and its worker comes free when it is done. Thread-safe.
 */
final class PredictionQueue implements AutoCloseable {
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    private final Limits limits;
    private final Semaphore places;
    private final ThreadPoolExecutor workers;

    PredictionQueue(Limits limits) {
        this.limits = limits;
        places = new Semaphore(limits.places());
        workers = new ThreadPoolExecutor(
                limits.concurrent(), limits.concurrent(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "predict");
                    thread.setDaemon(true); // work that hangs must not keep the process from ending
                    return thread;
                });
    }

    /** A request's place inside; closing it lets another one in. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws RequestRefused 503 where all places are taken */
    Place enter() {
        if (!places.tryAcquire()) {
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "the server is busy: " + limits.places() + " requests are in hand; try again in a moment",
                    RETRY_SOON);
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        };
    }

    /**
     * Runs work when its turn comes, and waits for it.
     *
     * @param times gets the time spent waiting
     * @throws RequestRefused 503 where the deadline passed before its turn, 504 where it passed later
     */
    <T> T run(Supplier<T> work, StageTimes times, Deadline deadline) {
        long submitted = System.nanoTime();
        AtomicBoolean begun = new AtomicBoolean();
        Future<T> result = workers.submit(() -> {
            begun.set(true);
            times.add(Stage.QUEUE, System.nanoTime() - submitted);
            return work.get();
        });
        try {
            return result.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw tooLate(result, begun);
        } catch (InterruptedException | CancellationException e) {
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "the server is stopping; try again when it is back");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a Supplier throws no other
        }
    }

    private RequestRefused tooLate(Future<?> result, AtomicBoolean begun) {
        result.cancel(false);
        workers.purge();
        String seconds = limits.timeout().toMillis() / 1000.0 + " s";
        return begun.get()
                ? new RequestRefused(
                        HttpStatus.GATEWAY_TIMEOUT_504,
                        "no answer within " + seconds + "; send a smaller image, or start the server with a longer"
                                + " --timeout")
                : new RequestRefused(
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "the server is busy: this request's turn did not come within " + seconds
                                + "; try again in a moment",
                        RETRY_SOON);
    }

    /** Images that are worked on. */
    int running() {
        return workers.getActiveCount();
    }

    /** Images that wait for their turn. */
    int waiting() {
        return workers.getQueue().size();
    }

    /** Takes no more work and waits, at most as long as a request may take, for what is running. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(limits.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
