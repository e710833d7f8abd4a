package org.elasticvision.train.run;

import java.util.List;
import java.util.function.Consumer;

/**
 * Several listeners as one, told in order.
 *
 * @param all of them
 */
public record Listeners(List<TrainingListener> all) implements TrainingListener {
    public Listeners {
        all = List.copyOf(all);
    }

    /**
     * {@return a listener that tells several, in order}
     *
     * @param listeners who receives the events
     */
    public static TrainingListener of(TrainingListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    @Override
    public void note(String line) {
        tell(listener -> listener.note(line));
    }

    @Override
    public void step(EpochProgress progress) {
        tell(listener -> listener.step(progress));
    }

    @Override
    public void validating(int done, int total) {
        tell(listener -> listener.validating(done, total));
    }

    @Override
    public void epoch(EpochSummary summary) {
        tell(listener -> listener.epoch(summary));
    }

    private void tell(Consumer<TrainingListener> what) {
        all.forEach(what);
    }
}
