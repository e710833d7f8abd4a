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

    /**
     * Where the number depends on what was counted.
     *
     * @param fixed how many there always are
     * @param each more come in groups of so many
     */
    static Totals with(double[] values, int fixed, int each) {
        boolean fits = values.length >= fixed && (values.length - fixed) % each == 0;
        return new Totals(values, fits ? values.length : fixed);
    }

    /** What is not of the right kind does not add up. */
    void requireSum(long expected, int first, int each) {
        double sum = 0;
        for (int i = first; i < values.length; i += each) {
            sum += values[i];
        }
        if (sum != expected) {
            throw new IllegalArgumentException("counts of classes add up to " + sum + ", not to " + expected
                    + " images: they are of another kind of metrics");
        }
    }

    boolean hasMore() {
        return next < values.length;
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
