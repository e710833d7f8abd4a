package org.elasticvision.samples.serve.model;

import org.elasticvision.runtime.StageListener;
import org.elasticvision.runtime.StageTimes;

/** Remembers for each thread how long its latest call of a model took, whichever model that was. */
final class LatestCall implements StageListener {
    private static final ThreadLocal<StageTimes> LATEST = new ThreadLocal<>();

    @Override
    public void finished(StageTimes times) {
        LATEST.set(times);
    }

    /** The times of the call that this thread has just made. */
    StageTimes times() {
        return LATEST.get();
    }
}
