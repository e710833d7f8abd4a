package org.elasticvision.runtime.metrics.figure;

/** Quotients that are 0 where the denominator is 0. */
public final class Ratio {
    private Ratio() {}

    public static double of(double numerator, double denominator) {
        return denominator == 0 ? 0 : numerator / denominator;
    }

    public static double percent(long numerator, long denominator) {
        return 100 * of((double) numerator, (double) denominator);
    }

    /** F1 from precision and recall in the same unit. */
    public static double harmonicMean(double precision, double recall) {
        return of(2 * precision * recall, precision + recall);
    }
}
