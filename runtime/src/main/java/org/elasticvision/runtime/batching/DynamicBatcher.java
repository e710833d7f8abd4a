package org.elasticvision.runtime.batching;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.ImageException;
import org.elasticvision.runtime.bulk.Attempt;
import org.elasticvision.runtime.bulk.Predictor;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Gathers the images that many threads ask about into batches. A batch goes off when it is full or its first image has
 * waited as long as {@link BatcherOptions#maxDelay()}; then it is answered when a runner is free.
 *
 * <pre>{@code
 * try (Classifier model = Classifier.open(file, ModelOptions.defaults().withProvider(Provider.CUDA).withBatch(8));
 *         DynamicBatcher<Classification> batcher = new DynamicBatcher<>(Predictor.of(model), BatcherOptions.defaults())) {
 *     CompletableFuture<Classification> answer = batcher.submit(ImageSource.of(bytes, "upload"));
 * }
 * }</pre>
 *
 * <p>Thread-safe. It does not own the model: close the model afterwards.
 */
public final class DynamicBatcher<A> implements AutoCloseable {
    private final Predictor<A> predictor;
    private final RequestQueue<A> queue;
    private final long maxDelayNanos;
    private final List<Thread> runners;
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong images = new AtomicLong();

    /**
     * Starts the runners.
     *
     * @param predictor such as {@code Predictor.of(model)}
     * @throws IllegalArgumentException if batches are to be larger than the model takes at a time
     */
    public DynamicBatcher(Predictor<A> predictor, BatcherOptions options) {
        this.predictor = Objects.requireNonNull(predictor, "predictor");
        if (options.maxBatch() > predictor.batch()) {
            throw new IllegalArgumentException("maxBatch " + options.maxBatch() + " is more than the "
                    + predictor.batch() + " that the model takes at a time; open it with ModelOptions.withBatch, or"
                    + " convert it with a larger batch");
        }
        this.queue =
                new RequestQueue<>(options.waiting(), options.maxBatch() == 0 ? predictor.batch() : options.maxBatch());
        this.maxDelayNanos = options.maxDelay().toNanos();
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
     *     failed; other images of the batch are not touched by it. What hangs on it without an executor is run by a runner,
     *     so it must neither take long nor wait for another answer
     * @throws OverloadedException if too many images wait already
     * @throws IllegalStateException after {@link #close()}
     */
    public CompletableFuture<A> submit(ImageSource image) {
        Objects.requireNonNull(image, "image");
        CompletableFuture<A> future = new CompletableFuture<>();
        queue.add(new Request<>(image, System.nanoTime() + maxDelayNanos, future));
        return future;
    }

    /**
     * Asks about an image and waits for the answer.
     *
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

    /** What has been done so far. */
    public BatcherStatistics statistics() {
        return queue.statistics(batches.get(), images.get());
    }

    /**
     * Refuses new images, answers those that wait, and waits until the runners have ended. Called by a runner, so by what
     * hangs on a future, it does not wait.
     */
    @Override
    public void close() {
        queue.close();
        if (runners.contains(Thread.currentThread())) {
            return;
        }
        boolean interrupted = false;
        for (Thread runner : runners) {
            while (runner.isAlive()) {
                try {
                    runner.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (List<Request<A>> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            answer(batch);
        }
    }

    private void answer(List<Request<A>> batch) {
        batches.incrementAndGet();
        images.addAndGet(batch.size());
        try {
            List<Attempt<A>> attempts =
                    Attempt.each(predictor, batch.stream().map(Request::image).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).complete(attempts.get(i));
            }
        } catch (Throwable e) { // an Error: who waits must learn of it
            batch.forEach(request -> request.future().completeExceptionally(e));
        }
    }
}
