package org.elasticvision.samples.serve.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
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
 * The way from requests to models. Requests that have been read are let in by {@link Admission}; inside, each model has its batcher, and all of
 * them share the turns. Those whose client has gone are not worked on. Work that takes too long cannot be stopped inside a native
 * library: its request is answered, and its turn comes free when it is done. Thread-safe.
 */
public final class PredictionQueue {
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    /** What nginx calls it in its logs, too; nobody is there to get it. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private static final Executor OWN_THREADS = work -> {
        Thread thread = new Thread(work, "turn");
        thread.setDaemon(true);
        thread.start();
    };

    private final Limits limits;
    private final Admission admission;

    public PredictionQueue(Limits limits) {
        this.limits = limits;
        admission = new Admission(limits);
    }

    /** A request's place inside; closing it lets another one in. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Refuses a request that would not be let in at this moment, so that it need not be read.
     *
     * @throws RequestRefused 503 where all places are taken, or the server is overloaded
     */
    public void check(ServedModels.Lease lease) {
        admission.check(lease.runner().pace());
    }

    /**
     * Lets a request in that has been read.
     *
     * @throws RequestRefused as {@link #check}
     */
    public Place enter(ServedModels.Lease lease) {
        double work = admission.enter(lease.runner().pace());
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                admission.leave(work);
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
            CompletableFuture<R> output =
                    lease.runner().inTurn(() -> times.measure(Stage.INFERENCE, work), OWN_THREADS, deadline);
            if (output == null) {
                throw deadline.passed() ? tooLate(false) : abandoned();
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
        private volatile long turn;

        Pending(ServedModels.Lease lease, Question<R> question) {
            long submitted = System.nanoTime();
            RequestTimes times = question.times();
            answer = lease.runner().submit(question.source(), () -> {
                turn = System.nanoTime();
                times.add(Stage.QUEUE, turn - submitted);
                begun.set(true);
            });
            reply = answer.thenApply(given -> {
                times.add(given.times());
                R encoded =
                        times.measure(Stage.ENCODE, () -> question.encoding().apply(given));
                lease.runner()
                        .pace()
                        .add(System.nanoTime() - turn, lease.model().batch());
                return encoded;
            });
        }

        R await(Deadline deadline) {
            try {
                return get(deadline);
            } catch (TimeoutException e) {
                giveUp();
                throw deadline.passed() ? tooLate(begun.get()) : abandoned();
            } catch (InterruptedException | CancellationException e) {
                giveUp();
                throw stopping();
            } catch (ExecutionException e) {
                throw unwrapped(e);
            }
        }

        /** Fails with {@link TimeoutException} where the deadline passes, and where the client goes before the turn has come. */
        private R get(Deadline deadline) throws TimeoutException, InterruptedException, ExecutionException {
            while (!begun.get() && !reply.isDone()) {
                try {
                    long left = Math.min(deadline.remainingNanos(), ModelRunner.LOOK_NANOS);
                    return reply.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (deadline.passed() || deadline.abandoned().getAsBoolean()) {
                        throw e;
                    }
                }
            }
            return reply.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
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

    private static RequestRefused abandoned() {
        return new RequestRefused(CLIENT_CLOSED_REQUEST, "the client has gone");
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
