package org.elasticvision.samples.serve;

import org.elasticvision.runtime.StageListener;
import org.elasticvision.runtime.StageTimes;

/** Remembers for each thread how long its latest call of a model took. */
final class LatestCall implements StageListener {
    private final ThreadLocal<StageTimes> latest = new ThreadLocal<>();

    @Override
    public void finished(StageTimes times) {
        latest.set(times);
    }

    /** The times of the call that this thread has just made. */
    StageTimes times() {
        return latest.get();
    }
}
