package org.elasticvision.runtime.benchmark;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.elasticvision.runtime.StageListener;
import org.elasticvision.runtime.StageTimes;

/** Collects the times of stages from any number of threads. */
final class StageRecorder implements StageListener {
    private static final int DIGITS = 3;

    private final Recorder decode = new Recorder(DIGITS);
    private final Recorder preprocess = new Recorder(DIGITS);
    private final Recorder inference = new Recorder(DIGITS);
    private final Recorder postprocess = new Recorder(DIGITS);

    @Override
    public void finished(StageTimes times) {
        decode.recordValue(times.decode());
        preprocess.recordValue(times.preprocess());
        inference.recordValue(times.inference());
        postprocess.recordValue(times.postprocess());
    }

    /** Forgets all. */
    void reset() {
        decode.reset();
        preprocess.reset();
        inference.reset();
        postprocess.reset();
    }

    /** Of all since the last reset, which are forgotten. */
    StageMedians medians() {
        return new StageMedians(median(decode), median(preprocess), median(inference), median(postprocess));
    }

    private static double median(Recorder recorder) {
        Histogram histogram = recorder.getIntervalHistogram();
        return histogram.getValueAtPercentile(50) / 1e6;
    }
}
