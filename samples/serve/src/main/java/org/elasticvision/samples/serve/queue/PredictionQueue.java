package org.elasticvision.samples.serve.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;
import org.elasticvision.samples.serve.http.Stage;
import org.elasticvision.samples.serve.model.ServedModel;

/**
 * The way from requests to models. So many requests are let in, their uploads included, as these take memory too; inside, each
 * model has its batcher, and all of them share the turns. Work that takes too long cannot be stopped inside a native
 * library: its request is answered, and its turn comes free when it is done. Thread-safe.
 */
public final class PredictionQueue {
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    private static final Executor OWN_THREADS = work -> {
        Thread thread = new Thread(work, "turn");
        thread.setDaemon(true);
        thread.start();
    };

    private final Limits limits;
    private final Semaphore places;

    public PredictionQueue(Limits limits) {
        this.limits = limits;
        places = new Semaphore(limits.places());
    }

    /** A request's place inside; closing it lets another one in. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lets a request in.
     *
     * @throws RequestRefused 503 where all places are taken
     */
    public Place enter() {
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
     * One image of a request.
     *
     * @param source what the model is given
     * @param encoding what is made of the answer before the turn is given to another image
     * @param times gets the times of waiting, of the batch that the image was in, and of the encoding
     */
    public record Question<R>(ImageSource source, Function<ServedModel.Answer, R> encoding, RequestTimes times) {}

    /**
     * Asks a model when the image's turn comes, and waits for the answer.
     *
     * @throws RequestRefused 503 where the deadline passed before its turn, 504 where it passed later
     */
    public <R> R run(ServedModels.Lease lease, Question<R> question, Deadline deadline) {
        return new Pending<>(lease, question).await(deadline);
    }

    /** What is said of an image, by its index from 0, whose question fails; it may throw, which ends the request. */
    public interface Failure<R> {
        R of(int image, RuntimeException failure);
    }

    /**
     * Asks a model about the images of one request, only as many at once as it takes at a time or as there are turns: the others
     * of the request are not made yet, and do not keep those of other requests waiting.
     *
     * @param questions makes the question about an image by its index, counted from 0
     * @param failed what is said of an image whose question fails
     * @return as many answers as there are images, in order
     * @throws RequestRefused as {@link #run}; the other images of the request are given up then
     */
    public <R> List<R> runAll(
            ServedModels.Lease lease,
            int images,
            IntFunction<Question<R>> questions,
            Failure<R> failed,
            Deadline deadline) {
        int atOnce = Math.max(lease.model().batch(), limits.concurrent());
        List<R> answers = new ArrayList<>(images);
        for (int from = 0; from < images; from += atOnce) {
            List<Pending<R>> pending = new ArrayList<>();
            try {
                for (int i = from; i < Math.min(images, from + atOnce); i++) {
                    pending.add(new Pending<>(lease, questions.apply(i)));
                }
                for (Pending<R> one : pending) {
                    answers.add(one.awaitOr(answers.size(), failed, deadline));
                }
            } finally {
                pending.forEach(Pending::giveUp);
            }
        }
        return answers;
    }

    /**
     * Does work of another kind with a model when its turn comes, such as running the bare network, and waits for what comes out.
     *
     * @param work counts as {@link Stage#INFERENCE}
     * @throws RequestRefused as {@link #run}
     */
    public <R> R inTurn(ServedModels.Lease lease, Supplier<R> work, RequestTimes times, Deadline deadline) {
        try {
            long submitted = System.nanoTime();
            CompletableFuture<R> output = lease.runner()
                    .inTurn(() -> times.measure(Stage.INFERENCE, work), OWN_THREADS, deadline.remainingNanos());
            if (output == null) {
                throw tooLate(false);
            }
            times.add(Stage.QUEUE, System.nanoTime() - submitted);
            return output.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw tooLate(true);
        } catch (InterruptedException e) {
            throw stopping();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /** An image that was submitted, until it is answered. */
    private final class Pending<R> {
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CompletableFuture<ServedModel.Answer> answer;
        private final CompletableFuture<R> reply;

        Pending(ServedModels.Lease lease, Question<R> question) {
            long submitted = System.nanoTime();
            RequestTimes times = question.times();
            answer = lease.runner().submit(question.source(), () -> {
                times.add(Stage.QUEUE, System.nanoTime() - submitted);
                begun.set(true);
            });
            reply = answer.thenApply(given -> {
                times.add(given.times());
                return times.measure(Stage.ENCODE, () -> question.encoding().apply(given));
            });
        }

        R await(Deadline deadline) {
            try {
                return reply.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                giveUp();
                throw tooLate(begun.get());
            } catch (InterruptedException | CancellationException e) {
                giveUp();
                throw stopping();
            } catch (ExecutionException e) {
                throw unwrapped(e);
            }
        }

        R awaitOr(int image, Failure<R> failed, Deadline deadline) {
            try {
                return await(deadline);
            } catch (RequestRefused e) {
                throw e;
            } catch (RuntimeException e) {
                return failed.of(image, e);
            }
        }

        void giveUp() {
            answer.cancel(false);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause() instanceof CompletionException wrapper ? wrapper.getCause() : e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause; // neither a Function nor a Supplier throws any other
    }

    private static RequestRefused stopping() {
        return new RequestRefused(
                HttpStatus.SERVICE_UNAVAILABLE_503, "the server is stopping; try again when it is back");
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
}
