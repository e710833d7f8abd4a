package org.elasticvision.samples.serve.body;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.elasticvision.samples.serve.http.Deadline;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * A body on its way in, until its end, its deadline, or the moment when it is seen to come too slowly. {@link #take} and {@link
 * #ended} are never called at the same time.
 */
abstract class Incoming implements Runnable {
    private static final long SLOWEST_BYTES_PER_SECOND = 1024;
    private static final double PATIENCE_SECONDS = 5;
    private static final long CHECK_MILLIS = 250;

    private final Request request;
    private final Deadline deadline;
    private final long start = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean inCaller = true;
    private Scheduler.Task check;
    private boolean over;

    Incoming(Request request, Deadline deadline) {
        this.request = request;
        this.deadline = deadline;
    }

    /** Gets the next bytes; a refusal that it throws ends the reading. */
    abstract void take(ByteBuffer bytes);

    /**
     * Learns that no more comes, on a thread that may be kept.
     *
     * @param failure null where the body was read whole
     */
    abstract void ended(Throwable failure);

    /** Reads what is there at once; the rest when it comes. */
    final void begin() {
        run();
        inCaller = false;
    }

    @Override
    public final void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                inCaller = false;
                watch();
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            received.addAndGet(chunk.remaining());
            try {
                take(chunk.getByteBuffer());
            } catch (RequestRefused e) {
                end(e);
                return;
            } finally {
                chunk.release();
            }
            if (last) {
                end(null);
                return;
            }
        }
    }

    private void end(Throwable failure) {
        synchronized (this) {
            over = true;
            if (check != null) {
                check.cancel();
            }
        }
        if (inCaller) {
            ended(failure);
        } else { // this thread tells of what becomes of the request, and must not be kept
            request.getComponents().getExecutor().execute(() -> ended(failure));
        }
    }

    private synchronized void watch() {
        if (check == null) {
            check = request.getComponents().getScheduler().schedule(this::check, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Under the lock, as a request that is over may be another one's by now. */
    private synchronized void check() {
        if (over) {
            return;
        }
        if (deadline.passed() || isTooSlow()) {
            request.fail(new TimeoutException("the body comes too slowly"));
        } else {
            check = null;
            watch();
        }
    }

    private boolean isTooSlow() {
        double seconds = (System.nanoTime() - start) * 1e-9;
        return seconds > PATIENCE_SECONDS && received.get() < SLOWEST_BYTES_PER_SECOND * seconds;
    }
}
