package org.elasticvision.train.progress;

import java.util.List;

/** Several listeners as one, told in order. */
record Listeners(List<TrainingListener> all) implements TrainingListener {
    @Override
    public void note(String line) {
        all.forEach(listener -> listener.note(line));
    }

    @Override
    public void step(EpochProgress progress) {
        all.forEach(listener -> listener.step(progress));
    }

    @Override
    public void validating(int done, int total) {
        all.forEach(listener -> listener.validating(done, total));
    }

    @Override
    public void measured(EpochSummary summary) {
        all.forEach(listener -> listener.measured(summary));
    }

    @Override
    public void epoch(EpochSummary summary) {
        all.forEach(listener -> listener.epoch(summary));
    }
}
