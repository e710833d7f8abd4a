package org.elasticvision.runtime.image;

import org.elasticvision.runtime.model.Interpolation;

/**
 * Which input pixels make an output pixel, and with which weights, along one side: Pillow's {@code precompute_coeffs} and
 * {@code normalize_coeffs_8bpc} (libImaging/Resample.c), for the wanted outputs only.
 */
final class Taps {
    /** Weights are fixed-point numbers with this many fraction bits. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    static final int HALF = 1 << (PRECISION_BITS - 1);

    /** First input pixel of each output. */
    final int[] start;
    /** Number of input pixels of each output. */
    final int[] length;
    /** Weights of output o at {@code o * stride}. */
    final int[] weights;

    final int stride;

    Taps(int inputSize, Span span, Interpolation filter) {
        double scale = (double) inputSize / span.size();
        double filterScale = Math.max(scale, 1);
        double support = Kernels.support(filter) * filterScale;
        double inverse = 1.0 / filterScale;
        stride = (int) Math.min((long) Math.ceil(support) * 2 + 1, inputSize);
        start = new int[span.count()];
        length = new int[span.count()];
        weights = new int[Math.multiplyExact(span.count(), stride)];
        double[] exact = new double[stride];
        for (int o = 0; o < span.count(); o++) {
            double centre = (span.from() + o + 0.5) * scale;
            int first = Math.max((int) (centre - support + 0.5), 0);
            int taps = Math.min((int) (centre + support + 0.5), inputSize) - first;
            double sum = 0;
            for (int i = 0; i < taps; i++) {
                exact[i] = Kernels.weight(filter, (i + first - centre + 0.5) * inverse);
                sum += exact[i];
            }
            for (int i = 0; i < taps; i++) {
                weights[o * stride + i] = fixedPoint(sum == 0 ? exact[i] : exact[i] / sum);
            }
            start[o] = first;
            length[o] = taps;
        }
    }

    private static int fixedPoint(double weight) {
        return (int) (weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5));
    }

    /** A sum of weighted pixels (which started at {@link #HALF}) as a pixel. */
    static int pixel(int sum) {
        return Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }
}
