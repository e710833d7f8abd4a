package org.elasticvision.samples.serve.body;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * Reads bodies as they come: a client that is slow holds no thread and no more memory than it has sent. Thread-safe.
 */
public final class BodyReader {
    private static final long MOST_DISCARDED = 256 << 20;
    private static final Duration DISCARD_TIME = Duration.ofSeconds(5);

    private final Limits limits;
    private final BodyMemory memory;

    public BodyReader(Limits limits, BodyMemory memory) {
        this.limits = limits;
        this.memory = memory;
    }

    /** Gets what came of reading: one of its methods is called, once, on a thread that may be kept. */
    public interface Receiver {
        /**
         * Gets the body.
         *
         * @param release to be run when it is not needed any more
         */
        void whole(Body body, Runnable release);

        /** Learns why there is none: 400 where it ended early, 408 where it came too slowly, 413 where it is too long. */
        void refused(RequestRefused reason);
    }

    /**
     * Begins to read a body.
     *
     * @param abandoned whether the client has gone
     */
    public void read(Request request, BodyForm form, BooleanSupplier abandoned, Receiver receiver) {
        Deadline deadline = Deadline.in(limits.timeout(), abandoned);
        new Upload(request, form, limits, memory, deadline, receiver).begin();
    }

    /**
     * Reads what a refused request still sends, within reason, and goes on then. Many clients look for an answer only when they have sent
     * everything, and show a broken connection otherwise.
     */
    public static void discard(Request request, Runnable then) {
        new Incoming(request, Deadline.in(DISCARD_TIME, () -> false)) {
            private long discarded;

            @Override
            void take(ByteBuffer bytes) {
                discarded += bytes.remaining();
                if (discarded > MOST_DISCARDED) {
                    throw new RequestRefused(HttpStatus.PAYLOAD_TOO_LARGE_413, "it has no end");
                }
            }

            @Override
            void ended(Throwable failure) {
                then.run();
            }
        }.begin();
    }
}
