package org.elasticvision.samples.serve.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** The end of a reply: where the client does not take it in time, it is cut off. */
public final class SendDeadline extends Callback.Nested {
    private final Request request;
    private final Runnable sent;
    private final Scheduler.Task late;
    private boolean over;

    /**
     * Begins at once.
     *
     * @param callback of the request
     * @param time that sending may take
     * @param sent run at the end, whichever it is
     */
    public SendDeadline(Request request, Callback callback, Duration time, Runnable sent) {
        super(callback);
        this.request = request;
        this.sent = sent;
        late = request.getComponents().getScheduler().schedule(this::cut, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Under the lock, as a request that is over may be another one's by now. */
    private synchronized void cut() {
        if (!over) {
            request.fail(new TimeoutException("the client does not take its answer"));
        }
    }

    private synchronized void end() {
        over = true;
        late.cancel();
        sent.run();
    }

    @Override
    public void succeeded() {
        end();
        super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
        end();
        super.failed(failure);
    }
}
