package org.elasticvision.samples.serve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.batching.BatcherOptions;
import org.elasticvision.runtime.batching.BatcherStatistics;
import org.elasticvision.runtime.batching.DynamicBatcher;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.Stage;
import org.elasticvision.samples.serve.model.ServedModel;

/**
 * The way from requests to models. So many requests are let in, their uploads included, as these take memory too; inside, each
 * model has a {@link DynamicBatcher}, and all of them share the turns. Work that takes too long cannot be stopped inside a
 * native library: its request is answered, and its turn comes free when it is done. Thread-safe.
 */
final class PredictionQueue {
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    private final Limits limits;
    private final Semaphore places;
    private final Map<String, DynamicBatcher<ServedModel.Answer>> batchers;

    PredictionQueue(List<ServedModel> models, Limits limits) {
        this.limits = limits;
        places = new Semaphore(limits.places());
        BatcherOptions options =
                BatcherOptions.defaults().withWaiting(limits.places()).withRunners(limits.concurrent());
        Semaphore turns = new Semaphore(limits.concurrent());
        batchers = models.stream()
                .collect(Collectors.toMap(ServedModel::name, model -> new DynamicBatcher<>(model, options, turns)));
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
     * Asks a model when the image's turn comes, and waits for the answer.
     *
     * @param encoding what is made of the answer before the turn is given to another image
     * @param times gets the times of waiting, of the batch that the image was in, and of the encoding
     * @throws RequestRefused 503 where the deadline passed before its turn, 504 where it passed later
     */
    <R> R run(
            ServedModel model,
            ImageSource image,
            Function<ServedModel.Answer, R> encoding,
            RequestTimes times,
            Deadline deadline) {
        long submitted = System.nanoTime();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<ServedModel.Answer> answer = batchers.get(model.name())
                .submit(image, () -> {
                    times.add(Stage.QUEUE, System.nanoTime() - submitted);
                    begun.set(true);
                });
        CompletableFuture<R> reply = answer.thenApply(given -> {
            times.add(given.times());
            return times.measure(Stage.ENCODE, () -> encoding.apply(given));
        });
        try {
            return reply.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw tooLate(begun.get());
        } catch (InterruptedException | CancellationException e) {
            answer.cancel(false);
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "the server is stopping; try again when it is back");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a Function throws no other
        }
    }

    private RequestRefused tooLate(boolean begun) {
        String seconds = limits.timeout().toMillis() / 1000.0 + " s";
        return begun
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
        return sum(BatcherStatistics::running);
    }

    /** Images that wait for their turn. */
    int waiting() {
        return sum(BatcherStatistics::waiting);
    }

    private int sum(ToIntFunction<BatcherStatistics> number) {
        return batchers.values().stream()
                .map(DynamicBatcher::statistics)
                .mapToInt(number)
                .sum();
    }

    /** What one model has done so far. */
    BatcherStatistics statistics(ServedModel model) {
        return batchers.get(model.name()).statistics();
    }

    /**
     * Takes no more images of a model and waits, at most as long as a request may take, for what is running.
     *
     * @return whether nothing is running any more
     */
    boolean close(ServedModel model) {
        return batchers.get(model.name()).close(limits.timeout());
    }
}
