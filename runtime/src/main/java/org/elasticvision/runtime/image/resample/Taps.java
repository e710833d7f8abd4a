package org.elasticvision.runtime.image.resample;

import java.util.Arrays;
import org.elasticvision.runtime.image.pixels.Extent;
import org.elasticvision.runtime.model.Interpolation;

/**
 * Which input pixels make an output pixel, and with which weights, along one side: Pillow's {@code precompute_coeffs} and
 * {@code normalize_coeffs_8bpc} (libImaging/Resample.c), for the wanted outputs only.
 */
public final class Taps {
    /** Weights are fixed-point numbers with this many fraction bits. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    static final int HALF = 1 << (PRECISION_BITS - 1);

    /** How many different values a sum has without its fraction bits. */
    public static final int ENTRIES = 1 << (32 - PRECISION_BITS);

    /** First input pixel of each output, never less than that of the output before it. */
    final int[] start;
    /** Number of input pixels of each output, the same for all: those that Pillow leaves out have the weight 0. */
    final int count;
    /** Weights of output o at {@code o * count}. */
    final int[] weights;

    /** What a resize needs; where the length stays, each pixel is itself, as Pillow then skips the pass. */
    static Taps of(Extent input, Span span, Interpolation filter) {
        return span.size() == input.length() && input.reduction() == 1 ? new Taps(span) : new Taps(input, span, filter);
    }

    private Taps(Span span) {
        count = 1;
        start = new int[span.count()];
        Arrays.setAll(start, o -> (int) span.from() + o);
        weights = new int[span.count()];
        Arrays.fill(weights, 1 << PRECISION_BITS);
    }

    private Taps(Extent input, Span span, Interpolation filter) {
        int inputSize = input.pixels();
        double scale = input.covered() / span.size();
        double filterScale = Math.max(scale, 1);
        double support = Kernels.support(filter) * filterScale;
        double inverse = 1.0 / filterScale;
        int outputs = span.count();
        int[] first = new int[outputs];
        int[] length = new int[outputs];
        int longest = 1;
        for (int o = 0; o < outputs; o++) {
            double centre = input.from() + (span.from() + o + 0.5) * scale;
            first[o] = Math.max((int) (centre - support + 0.5), 0);
            length[o] = Math.min((int) (centre + support + 0.5), inputSize) - first[o];
            longest = Math.max(longest, length[o]);
        }
        count = longest;
        start = new int[outputs];
        weights = new int[Math.multiplyExact(outputs, count)];
        double[] exact = new double[count];
        for (int o = 0; o < outputs; o++) {
            double centre = input.from() + (span.from() + o + 0.5) * scale;
            double sum = 0;
            for (int i = 0; i < length[o]; i++) {
                exact[i] = Kernels.weight(filter, (i + first[o] - centre + 0.5) * inverse);
                sum += exact[i];
            }
            start[o] = Math.min(first[o], inputSize - count);
            int at = o * count + first[o] - start[o];
            for (int i = 0; i < length[o]; i++) {
                weights[at + i] = fixedPoint(sum == 0 ? exact[i] : exact[i] / sum);
            }
        }
    }

    private static int fixedPoint(double weight) {
        return (int) (weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5));
    }

    /** The weights by tap, then by output. */
    int[][] weightsByTap() {
        int[][] byTap = new int[count][start.length];
        for (int tap = 0; tap < count; tap++) {
            for (int o = 0; o < start.length; o++) {
                byTap[tap][o] = weights[o * count + tap];
            }
        }
        return byTap;
    }

    /** A sum of weighted pixels (which started at {@link #HALF}) as a pixel. */
    static int pixel(int sum) {
        return Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }

    /** Where a table of {@link #ENTRIES} has what belongs to a sum: looking it up clips it on the way. */
    public static int entry(int sum) {
        return sum >>> PRECISION_BITS;
    }

    /** The pixel that an entry of such a table is for. */
    public static int pixelOf(int entry) {
        return pixel(entry << PRECISION_BITS);
    }

    /** Behind the last input pixel that is looked at. */
    int end() {
        return start[start.length - 1] + count;
    }
}
