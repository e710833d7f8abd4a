package org.elasticvision.runtime.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long calls took, in milliseconds, to three digits.
 *
 * @param calls how many there were, at least 1
 * @param p50 half of them took at most so long
 * @param p90 nine of ten
 * @param p99 99 of 100
 * @param max the slowest
 * @param bars of a histogram from the fastest to the slowest, all equally wide, with empty ones between
 */
public record Latencies(
        long calls, double mean, double p50, double p90, double p99, double min, double max, List<Bar> bars) {
    private static final double NANOS = 1e6;
    private static final int BARS = 60;

    public Latencies {
        bars = List.copyOf(bars);
    }

    /**
     * Calls that took more than {@code above} and at most {@code upTo}.
     *
     * @param above in milliseconds
     * @param upTo in milliseconds
     */
    public record Bar(double above, double upTo, long calls) {}

    /** @param histogram of nanoseconds, not empty */
    static Latencies of(Histogram histogram) {
        return new Latencies(
                histogram.getTotalCount(),
                histogram.getMean() / NANOS,
                percentile(histogram, 50),
                percentile(histogram, 90),
                percentile(histogram, 99),
                histogram.getMinValue() / NANOS,
                histogram.getMaxValue() / NANOS,
                bars(histogram));
    }

    private static double percentile(Histogram histogram, double percent) {
        return histogram.getValueAtPercentile(percent) / NANOS;
    }

    private static List<Bar> bars(Histogram histogram) {
        long from = histogram.getMinValue();
        long width = Math.max(1, (histogram.getMaxValue() - from) / BARS + 1);
        long[] counts = new long[BARS];
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long at = Math.min(value.getValueIteratedTo(), histogram.getMaxValue());
            counts[(int) Math.max(0, Math.min(BARS - 1, (at - from) / width))] +=
                    value.getCountAddedInThisIterationStep();
        }
        List<Bar> bars = new ArrayList<>(BARS);
        for (int i = 0; i < BARS; i++) {
            bars.add(new Bar((from + i * width) / NANOS, (from + (i + 1) * width) / NANOS, counts[i]));
        }
        return bars;
    }
}
