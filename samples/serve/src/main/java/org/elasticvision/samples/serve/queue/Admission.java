package org.elasticvision.samples.serve.queue;

import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * Who is let in. There are places for so many; that is all while there is a moment without anybody waiting now and then, so that many who come
 * at once are answered in turn. Where there has been none for a second the server is overloaded, until a second has passed without a refusal: it lets
 * in only those whose turn is expected to come soon, so that whoever is answered is answered about as fast as ever, and the others learn at once that
 * they should ask elsewhere or later. One may wait always. Thread-safe.
 */
final class Admission {
    private static final long OVERLOADED_AFTER_NANOS = 1_000_000_000L;

    private final Limits limits;
    private final LongSupplier clock;
    private int inside;

    /** Of all who are inside, what their images usually take. */
    private double work;

    private boolean waiting;
    private long waitingSince;
    private boolean refused;
    private long lastRefusal;

    Admission(Limits limits) {
        this(limits, System::nanoTime);
    }

    /** With another clock, of nanoseconds. */
    Admission(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Refuses a request that would not be let in at this moment.
     *
     * @param pace of the model that it is for
     * @throws RequestRefused 503
     */
    synchronized void check(Pace pace) {
        if (inside >= limits.places()) {
            throw refusal("the server is busy: " + limits.places() + " requests are in hand; try again in a moment", 0);
        }
        double most = limits.patience().map(time -> (double) time.toNanos()).orElse(pace.nanos());
        double expected = expectedNanos();
        if (inside > limits.concurrent() && expected > most && isOverloaded()) {
            throw refusal(
                    "the server is overloaded: more is asked than it can answer; try again in a moment", expected);
        }
    }

    /**
     * Lets a request in, which has to {@link #leave} with what this returns.
     *
     * @throws RequestRefused as {@link #check}
     */
    synchronized double enter(Pace pace) {
        check(pace);
        double more = pace.nanos();
        inside++;
        work += more;
        if (inside > limits.concurrent() && !waiting) {
            waiting = true;
            waitingSince = clock.getAsLong();
        }
        return more;
    }

    synchronized void leave(double entered) {
        inside--;
        work = inside == 0 ? 0 : work - entered;
        waiting = waiting && inside > limits.concurrent();
    }

    /** Until another one's turn comes, where those who are worked on are half done. */
    private double expectedNanos() {
        double running = inside == 0 ? 0 : work * Math.min(inside, limits.concurrent()) / inside;
        return (work - running / 2) / limits.concurrent();
    }

    private boolean isOverloaded() {
        long now = clock.getAsLong();
        return (waiting && now - waitingSince > OVERLOADED_AFTER_NANOS)
                || (refused && now - lastRefusal < OVERLOADED_AFTER_NANOS);
    }

    private RequestRefused refusal(String message, double nanos) {
        refused = true;
        lastRefusal = clock.getAsLong();
        long seconds = Math.max(1, (long) Math.ceil(nanos * 1e-9));
        return new RequestRefused(
                HttpStatus.SERVICE_UNAVAILABLE_503, message, Map.of("Retry-After", Long.toString(seconds)));
    }
}
