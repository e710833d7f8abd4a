package org.elasticvision.runtime.metrics;

/** Reads one after the other what {@link TaskMetrics#totals()} gave. */
final class Totals {
    private final double[] values;
    private int next;

    /** @param expected how many there must be */
    Totals(double[] values, int expected) {
        if (values.length != expected) {
            throw new IllegalArgumentException(values.length + " totals cannot be added to " + expected
                    + ": they are of another kind of metrics or of another number of classes");
        }
        this.values = values;
    }

    double sum() {
        return values[next++];
    }

    long count() {
        return (long) sum();
    }

    void addTo(long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += count();
        }
    }
}
