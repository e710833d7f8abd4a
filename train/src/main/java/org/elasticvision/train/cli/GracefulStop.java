package org.elasticvision.train.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import org.elasticvision.train.run.StopSignal;

/**
 * Makes Ctrl-C and SIGTERM end a run after its current step: Java ends only when the run has saved its state, because ending
 * in the middle of a step can crash LibTorch.
 */
final class GracefulStop implements AutoCloseable {
    private final StopSignal signal = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    GracefulStop(PrintWriter err) {
        hook = new Thread(
                () -> {
                    if (ended.getCount() > 0) {
                        signal.stop();
                        err.println("stopping after this step…");
                        err.flush();
                        awaitEnd();
                    }
                },
                "elastic-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    StopSignal signal() {
        return signal;
    }

    /** The run is over; Java may end. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Java is ending already, which is what the hook was for.
        }
    }
}
