package org.elasticvision.samples.serve.body;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/** What the bodies of all requests together take of the heap: at most a quarter, but one body at least. Thread-safe. */
public final class BodyMemory {
    private static final int SHARE = 4;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public BodyMemory(Limits limits) {
        this(Math.max(limits.bodyBytes(), Runtime.getRuntime().maxMemory() / SHARE));
    }

    BodyMemory(long most) {
        this.most = most;
    }

    /**
     * Takes room for more bytes.
     *
     * @throws RequestRefused 503 where there is none left
     */
    void take(long bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            throw new RequestRefused(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "the server is busy: the uploads in hand fill the memory that is theirs; try again in a moment",
                    Map.of("Retry-After", "1", "Connection", "close"));
        }
    }

    void release(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** {@return bytes that are taken} */
    public long taken() {
        return taken.get();
    }
}
