package org.elasticvision.runtime.batching;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Gathers the images that many threads ask about into batches. A batch goes off when it is full or its first image has
 * waited as long as {@link BatcherOptions#maxDelay()}; then it is answered when a runner is free. With a model that takes one
 * image at a time nothing is gathered and no image waits for others: it is a queue of bounded length before so many runners.
 *
 * <pre>{@code
 * try (Classifier model = Classifier.open(file, ModelOptions.defaults().withProvider(Provider.CUDA).withBatch(8));
 *         DynamicBatcher<Classification> batcher = new DynamicBatcher<>(model, BatcherOptions.defaults())) {
 *     CompletableFuture<Classification> answer = batcher.submit(ImageSource.of(bytes, "upload"));
 * }
 * }</pre>
 *
 * <p>Thread-safe. It does not own the model: close the model afterwards.
 */
public final class DynamicBatcher<A> implements AutoCloseable {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Predictor<? extends A> predictor;
    private final RequestQueue<A> queue;
    private final long maxDelayNanos;
    private final Semaphore turns;
    private final List<Thread> runners;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong images = new AtomicLong();

    /**
     * Starts the runners.
     *
     * @param predictor such as an open model
     * @param options how images are gathered
     * @throws IllegalArgumentException if batches are to be larger than the model takes at a time
     */
    public DynamicBatcher(Predictor<? extends A> predictor, BatcherOptions options) {
        this(predictor, options, new Semaphore(options.runners()));
    }

    /**
     * Starts the runners of a batcher that shares a machine with other batchers.
     *
     * @param predictor such as an open model
     * @param options how images are gathered
     * @param turns a runner holds one of its permits from taking a batch until the batch is answered: as many as there
     *     are permits, all batchers with the same semaphore work on at a time
     * @throws IllegalArgumentException if batches are to be larger than the model takes at a time
     */
    public DynamicBatcher(Predictor<? extends A> predictor, BatcherOptions options, Semaphore turns) {
        this.predictor = Objects.requireNonNull(predictor, "predictor");
        if (options.maxBatch() > predictor.batch()) {
            throw new IllegalArgumentException("maxBatch " + options.maxBatch() + " is more than the "
                    + predictor.batch() + " that the model takes at a time; open it with ModelOptions.withBatch, or"
                    + " convert it with a larger batch");
        }
        this.queue =
                new RequestQueue<>(options.waiting(), options.maxBatch() == 0 ? predictor.batch() : options.maxBatch());
        this.maxDelayNanos = options.maxDelay().toNanos();
        this.turns = Objects.requireNonNull(turns, "turns");
        this.runners =
                IntStream.range(0, options.runners()).mapToObj(this::runner).toList();
        runners.forEach(Thread::start);
    }

    private Thread runner(int index) {
        Thread thread = new Thread(this::run, "elastic-batch-" + index);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Asks about an image. Cancelling the future, or completing it as {@link CompletableFuture#orTimeout} does, takes the
     * image out of the queue.
     *
     * @param image decoded later, by a runner
     * @return fails with an {@link ImageException} where the image is not usable, with what else was thrown where the network
     *     failed; other images of the batch are not touched by it. A stage chained to it without an executor runs on a
     * runner,
     *     so it must neither take long nor wait for another answer
     * @throws OverloadedException if too many images wait already
     * @throws IllegalStateException after {@link #close()}
     */
    public CompletableFuture<A> submit(ImageSource image) {
        return submit(image, () -> {});
    }

    /**
     * As {@link #submit(ImageSource)}, and tells when the wait is over.
     *
     * @param image the image
     * @param begun run by a runner when the image's turn has come, before its batch is decoded; quick, and throws
     *     nothing
     * @return as {@link #submit(ImageSource)}
     */
    public CompletableFuture<A> submit(ImageSource image, Runnable begun) {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(begun, "begun");
        CompletableFuture<A> future = new CompletableFuture<>();
        queue.add(new Request<>(image, System.nanoTime() + maxDelayNanos, begun, future));
        return future;
    }

    /**
     * Asks about an image and waits for the answer.
     *
     * @param image the image
     * @return the answer
     * @throws ImageException if the image is not usable
     * @throws OverloadedException if too many images wait already
     * @throws ElasticVisionException if interrupted while waiting; the image is then skipped if its turn has not come
     * @throws IllegalStateException after {@link #close()}
     */
    public A predict(ImageSource image) {
        CompletableFuture<A> future = submit(image);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new ElasticVisionException(image.name() + ": interrupted while waiting for its answer", e);
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

    /** {@return what has been done so far} */
    public BatcherStatistics statistics() {
        return queue.statistics(running.get(), batches.get(), images.get());
    }

    /**
     * Refuses new images, answers those that wait, and waits until the runners have ended. Called by a runner, so by what
     * hangs on a future, it does not wait.
     */
    @Override
    public void close() {
        close(FOREVER);
    }

    /**
     * As {@link #close()}, but not for longer than that: a network that hangs cannot be stopped. Images that wait still are
     * given up then, their futures cancelled.
     *
     * @param patience how long to wait at most
     * @return whether all runners have ended. Where they have not, leave the model open: closing it would wait for them
     */
    public boolean close(Duration patience) {
        queue.close();
        if (runners.contains(Thread.currentThread())) {
            return false;
        }
        if (joinRunners(System.nanoTime() + patience.toNanos())) {
            return true;
        }
        queue.cancel();
        return false;
    }

    private boolean joinRunners(long deadline) {
        boolean interrupted = false;
        for (Thread runner : runners) {
            long left = deadline - System.nanoTime();
            while (runner.isAlive() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(runner, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = deadline - System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return runners.stream().noneMatch(Thread::isAlive);
    }

    private void run() {
        while (queue.awaitBatch()) {
            turns.acquireUninterruptibly();
            try {
                answer(queue.take());
            } finally {
                turns.release();
            }
        }
    }

    private void answer(List<Request<A>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        batches.incrementAndGet();
        images.addAndGet(batch.size());
        running.addAndGet(batch.size());
        List<Outcome<A>> outcomes;
        try {
            batch.forEach(request -> request.begun().run());
            outcomes = Outcome.of(predictor, batch.stream().map(Request::image).toList());
        } catch (Throwable e) { // an Error: who waits must learn of it
            running.addAndGet(-batch.size());
            batch.forEach(request -> request.future().completeExceptionally(e));
            return;
        }
        running.addAndGet(-batch.size());
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).complete(outcomes.get(i));
        }
    }
}
