package org.elasticvision.convert.tensorrt;

import java.util.concurrent.CountDownLatch;
import org.elasticvision.runtime.base.ElasticVisionException;

/** While it is open, Ctrl-C and SIGTERM wait: what takes seconds is finished instead of left half done. */
final class ShutdownDelay implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitDone, "elastic-saving");

    private ShutdownDelay() {}

    /** @throws ElasticVisionException if Java is ending already: then nothing may be begun */
    static ShutdownDelay begin() {
        ShutdownDelay delay = new ShutdownDelay();
        try {
            Runtime.getRuntime().addShutdownHook(delay.hook);
        } catch (IllegalStateException e) {
            throw new ElasticVisionException("stopped before the engine was saved", e);
        }
        return delay;
    }

    private void awaitDone() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Java is ending, and goes on now.
        }
    }
}
