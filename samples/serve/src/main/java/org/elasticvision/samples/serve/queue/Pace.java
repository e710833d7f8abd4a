package org.elasticvision.samples.serve.queue;

/** How long an image of a model has usually taken of late, from its turn to its answer. Thread-safe. */
final class Pace {
    private static final double WEIGHT = 0.1;

    private double nanos;

    /** Counts a turn in which so many images could have been worked on. */
    synchronized void add(long turnNanos, int images) {
        double each = (double) turnNanos / images;
        nanos = nanos == 0 ? each : nanos + WEIGHT * (each - nanos);
    }

    /** 0 while nothing is known. */
    synchronized double nanos() {
        return nanos;
    }
}
