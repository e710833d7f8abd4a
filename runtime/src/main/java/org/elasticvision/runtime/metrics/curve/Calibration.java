package org.elasticvision.runtime.metrics.curve;

import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Whether what is said with a probability is true as often as it says, in 15 bins of equal width: Guo, Pleiss, Sun, Weinberger, On
 * Calibration of Modern Neural Networks, ICML 2017, section 2. Bin m of M has the probabilities above (m − 1)/M up to m/M. Not
 * thread-safe.
 */
public final class Calibration {
    /** Number of bins. */
    public static final int BINS = 15;

    private final long[] counts = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] probabilities = new double[BINS];

    /**
     * What was said with about the same probability.
     *
     * @param index from 0
     * @param count how much was
     * @param probability mean, 0 to 1; 0 where the count is
     * @param accuracy part that is true, 0 to 1; 0 where the count is
     */
    public record Bin(int index, long count, double probability, double accuracy) {}

    /**
     * Adds one.
     *
     * @param probability 0 to 1
     * @param isRight whether it is true
     */
    public void add(double probability, boolean isRight) {
        int bin = (int) Math.max(0, Math.min(BINS - 1, Math.ceil(probability * BINS) - 1));
        counts[bin]++;
        right[bin] += isRight ? 1 : 0;
        probabilities[bin] += probability;
    }

    /** {@return all bins, also those with nothing} */
    public List<Bin> bins() {
        return IntStream.range(0, BINS)
                .mapToObj(i -> new Bin(
                        i,
                        counts[i],
                        Ratio.of(probabilities[i], (double) counts[i]),
                        Ratio.of((double) right[i], (double) counts[i])))
                .toList();
    }

    /** {@return the expected calibration error, 0 to 1: the mean over all that was added of |accuracy − probability| of its bin; 0 for nothing} */
    public double error() {
        double sum = bins().stream()
                .mapToDouble(bin -> bin.count() * Math.abs(bin.accuracy() - bin.probability()))
                .sum();
        return Ratio.of(
                sum, (double) IntStream.range(0, BINS).mapToLong(i -> counts[i]).sum());
    }
}
