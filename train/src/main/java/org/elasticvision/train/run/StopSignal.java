package org.elasticvision.train.run;

/** Asks a run to end after its current step; it saves its state first. Thread-safe. */
public final class StopSignal {
    private volatile boolean stopped;

    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }
}
