package org.elasticvision.runtime.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.elasticvision.runtime.Outcome;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.image.ImageSource;

/**
 * A running stream: one thread reads frames ahead, {@link StreamOptions#lanes()} threads decode them and run the network, one
 * thread hands the answers to the consumer in the order of the frames. At most {@link StreamOptions#waiting()} frames wait,
 * and lanes + 1 batches are in work or wait for the consumer.
 *
 * <pre>{@code
 * try (Classifier model = Classifier.open(Path.of("model.onnx"));
 *         FrameSource photos = FrameSource.folder(Path.of("photos"))) {
 *     StreamStatistics done = FrameStream.run(
 *             model,
 *             photos,
 *             StreamOptions.everyFrame(),
 *             answer -> System.out.println(answer.frame().image().name() + " " + answer.answer().best().label().name()));
 *     System.out.println(done);
 * }
 * }</pre>
 *
 * <p>It ends when the source does, when it is stopped, or with the first failure: of the source (after the frames that it
 * gave are answered), of the network, or of the consumer (at once). A frame that is not a usable image goes to
 * {@link FrameConsumer#failed}.
 *
 * <p>Thread-safe. Neither the model nor the source is closed here.
 */
public final class FrameStream implements AutoCloseable {
    private final FrameSource source;
    private final FrameQueue queue;
    private final List<Thread> threads = new ArrayList<>();
    private final Thread reader;
    private final CountDownLatch delivered = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final RecentLatencies latencies = new RecentLatencies();
    private volatile Throwable sourceFailure;
    private volatile boolean stopping;

    private <A> FrameStream(
            Predictor<? extends A> predictor, FrameSource source, StreamOptions options, FrameConsumer<A> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        this.source = Objects.requireNonNull(source, "source");
        this.queue = options.queue(predictor.batch());
        InFlight<A> inFlight = new InFlight<>(queue, options.lanes());
        this.reader = thread("elastic-frames", this::read);
        IntStream.range(0, options.lanes())
                .forEach(lane -> thread("elastic-lane-" + lane, () -> runLane(predictor, inFlight)));
        thread("elastic-answers", () -> deliver(inFlight, options.lanes(), consumer));
    }

    /**
     * Starts a stream.
     *
     * @param <A> the answer about one image
     * @param predictor such as an open model; stays open until the stream is closed
     * @param source as {@code predictor}
     * @param options how the stream runs
     * @param consumer called by a thread of the stream
     * @return the running stream
     */
    public static <A> FrameStream start(
            Predictor<? extends A> predictor, FrameSource source, StreamOptions options, FrameConsumer<A> consumer) {
        FrameStream stream = new FrameStream(predictor, source, options, consumer);
        stream.threads.forEach(Thread::start);
        return stream;
    }

    /**
     * Runs a stream until its source ends.
     *
     * @param <A> the answer about one image
     * @param predictor such as an open model
     * @param source where the frames come from
     * @param options how the stream runs
     * @param consumer called by a thread of the stream
     * @return what it did
     * @throws ElasticVisionException if interrupted, or as {@link #await()}
     */
    public static <A> StreamStatistics run(
            Predictor<? extends A> predictor, FrameSource source, StreamOptions options, FrameConsumer<A> consumer) {
        try (FrameStream stream = start(predictor, source, options, consumer)) {
            stream.await();
            return stream.statistics();
        }
    }

    /**
     * Waits until the source has ended (or {@link #stop} was called) and the consumer has had every answer. Throws what ended
     * the stream before: the very exception of the consumer, the source or the network.
     *
     * @throws ElasticVisionException if interrupted while waiting; the stream goes on
     * @throws IllegalStateException if called by the consumer or the source
     */
    public void await() {
        if (threads.contains(Thread.currentThread())) {
            throw new IllegalStateException("a stream cannot wait for its own end; call stop()");
        }
        try {
            delivered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticVisionException("interrupted while waiting for a stream of images", e);
        }
        Throwable cause = failure.get();
        if (cause != null) {
            told.set(true);
            rethrow(cause);
        }
    }

    /** Takes no more frames from the source. Those taken are still answered. Returns at once; may be called by the consumer. */
    public void stop() {
        stopping = true;
        reader.interrupt();
    }

    /**
     * Stops, and waits until the consumer has had the answers about all frames that were taken and no thread of the stream
     * runs any more. Called by the consumer or the source it only stops.
     *
     * <p>Throws what ended the stream before, unless {@link #await()} did.
     */
    @Override
    public void close() {
        stop();
        if (threads.contains(Thread.currentThread())) {
            return;
        }
        threads.forEach(Uninterrupted::join);
        Throwable cause = failure.get();
        if (cause != null && !told.getAndSet(true)) {
            rethrow(cause);
        }
    }

    /** {@return what has been done so far} */
    public StreamStatistics statistics() {
        return new StreamStatistics(
                frames.get(),
                queue.dropped(),
                latencies.count(),
                failed.get(),
                latencies.percentile(0.5),
                latencies.percentile(0.95),
                latencies.longest());
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    private void read() {
        try {
            boolean wanted = true;
            while (wanted && !stopping) {
                Optional<ImageSource> image = source.next();
                wanted = image.isPresent()
                        && queue.put(new Frame(frames.getAndIncrement(), image.get(), System.nanoTime()));
            }
        } catch (Throwable e) {
            if (!stopping) {
                sourceFailure = e;
            }
        } finally {
            queue.end();
        }
    }

    private static <A> void runLane(Predictor<? extends A> predictor, InFlight<A> inFlight) {
        Optional<FrameBatch<A>> batch = inFlight.begin(predictor.batch());
        while (batch.isPresent()) {
            batch.get().work(predictor);
            batch = inFlight.begin(predictor.batch());
        }
    }

    private <A> void deliver(InFlight<A> inFlight, int lanes, FrameConsumer<A> consumer) {
        int running = lanes;
        while (running > 0) {
            Optional<FrameBatch<A>> batch = inFlight.next();
            if (batch.isEmpty()) {
                running--;
            } else if (failure.get() == null) {
                hand(batch.get(), consumer);
            }
            inFlight.delivered();
        }
        failure.compareAndSet(null, sourceFailure);
        delivered.countDown();
    }

    private <A> void hand(FrameBatch<A> batch, FrameConsumer<A> consumer) {
        try {
            List<Outcome<A>> outcomes = outcomes(batch);
            for (int i = 0; i < outcomes.size(); i++) {
                hand(batch.frames().get(i), outcomes.get(i), consumer);
            }
        } catch (Throwable e) {
            failure.set(e);
            stop();
            queue.discard();
        }
    }

    private <A> void hand(Frame frame, Outcome<A> outcome, FrameConsumer<A> consumer) {
        if (outcome instanceof Outcome.Answered<A> answered) {
            long nanos = System.nanoTime() - frame.nanoTime();
            latencies.add(nanos);
            consumer.accept(new FrameAnswer<>(frame, answered.answer(), Duration.ofNanos(nanos)));
        } else if (outcome instanceof Outcome.Failed<A> failure) {
            ImageException unusable = failure.badImage();
            failed.incrementAndGet();
            consumer.failed(frame, unusable);
        }
    }

    private static <A> List<Outcome<A>> outcomes(FrameBatch<A> batch) throws Throwable {
        while (true) {
            try {
                return batch.outcomes().get();
            } catch (InterruptedException e) {
                // As in InFlight.next
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        }
    }

    private static void rethrow(Throwable cause) {
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause); // one that was thrown without being declared
    }
}
