package org.elasticvision.train.stop;

/** Asks a run to end after its current step; it saves its state first. Thread-safe. */
public final class StopSignal {
    private volatile boolean stopped;

    /** Asks the run to end after its present step. */
    public void stop() {
        stopped = true;
    }

    /** {@return whether the run is to end} */
    public boolean isStopped() {
        return stopped;
    }
}
