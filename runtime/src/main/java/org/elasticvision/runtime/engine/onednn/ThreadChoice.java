package org.elasticvision.runtime.engine.onednn;

/**
 * Says for each run whether all threads take part in it or one alone, by what the runs before took. Threads that share an image wait for
 * each other at every step: where other programs want the processor, a step lasts until the last thread gets its turn, and where steps are
 * very short, as with matrix instructions, handing values from core to core may cost more than a second core saves. All threads are the
 * rule. One alone is tried once when caches are warm, and again whenever runs have become slow; all are tried again from time to time. For
 * one thread.
 */
final class ThreadChoice {
    /** Runs with all threads before one alone is tried. */
    private static final int WARM = 8;

    /** Runs that take so many times the fastest one are slow. */
    private static final double SLOW = 1.8;

    /** So many slow runs in a row are no accident. */
    private static final int SLOW_RUNS = 3;

    /** Runs alone before all are tried again: at first, and at most. The first of them finds its caches cold, and does not count. */
    private static final int LEAST_PATIENCE = 3;

    private static final int MOST_PATIENCE = 1024;

    /** Runs with all that are compared with those alone: the first ones are lucky where the threads have just rested. */
    private static final int TRIALS = 5;

    /** After so many runs with all that were fast, becoming slow is something new. */
    private static final int LASTING = 64;

    private final int all;
    private boolean isFixed;
    private State state = State.TOGETHER;
    private int untried = WARM;
    private long fastest = Long.MAX_VALUE; // with all
    private int slow;
    private double alone = Double.MAX_VALUE; // average of the last time
    private double together; // average of the trials
    private int patience = LEAST_PATIENCE;
    private int done; // runs in this state

    private enum State {
        TOGETHER,
        ALONE,
        /** Together again, to see whether it is faster now. */
        TRYING
    }

    /** @param all how many threads there are */
    ThreadChoice(int all) {
        this.all = all;
        this.isFixed = all == 1;
    }

    /** {@return how many threads the next run is for: all or 1} */
    int threads() {
        return state == State.ALONE ? 1 : all;
    }

    /**
     * Tells what the run took that {@link #threads()} was asked for.
     *
     * @param nanoseconds from its start to its end
     */
    void took(long nanoseconds) {
        if (isFixed) {
            return;
        }
        done++;
        switch (state) {
            case TOGETHER -> together(nanoseconds);
            case ALONE -> {
                alone = average(alone, nanoseconds);
                if (done == patience) {
                    enter(State.TRYING);
                }
            }
            case TRYING -> {
                together = average(together, nanoseconds);
                if (done == TRIALS || (done > 1 && nanoseconds > SLOW * alone)) {
                    decide();
                }
            }
        }
    }

    /** Tells that one alone cannot run: all threads take part from now on. */
    void cannotBeAlone() {
        isFixed = true;
        enter(State.TOGETHER);
    }

    private void together(long nanoseconds) {
        fastest = Math.min(fastest, nanoseconds);
        slow = nanoseconds > Math.min(alone, SLOW * fastest) ? slow + 1 : 0;
        if (slow == SLOW_RUNS) {
            patience = done > LASTING ? LEAST_PATIENCE : Math.min(2 * patience, MOST_PATIENCE);
            enter(State.ALONE);
        } else if (untried > 0 && --untried == 0) {
            enter(State.ALONE);
        }
    }

    /** Of the runs in this state but the first, whose caches are cold. */
    private double average(double before, long nanoseconds) {
        return done <= 2 ? nanoseconds : before + (nanoseconds - before) / (done - 1);
    }

    private void decide() {
        if (together < alone) {
            fastest = (long) together;
            enter(State.TOGETHER);
        } else {
            patience = Math.min(2 * patience, MOST_PATIENCE);
            enter(State.ALONE);
        }
    }

    private void enter(State next) {
        state = next;
        slow = 0;
        done = 0;
    }
}
