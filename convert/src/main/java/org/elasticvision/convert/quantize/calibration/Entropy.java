package org.elasticvision.convert.quantize.calibration;

import java.util.Arrays;
import org.elasticvision.convert.quantize.qdq.Range;

/**
 * The range whose quantized distribution of absolute values is nearest to the real one, by the Kullback-Leibler divergence
 * (S. Migacz, 8-bit Inference with TensorRT, GTC 2017).
 */
final class Entropy {
    /** The levels of a sign. */
    private static final int LEVELS = 128;
    /**
     * The share of values that may be cut off. Where many are equal, as over a picture's blank background, the divergence is
     * least for ranges that end there, whatever lies beyond.
     */
    private static final double OUTSIDE = 0.01;

    private Entropy() {}

    static Range range(Histogram histogram) {
        double[] magnitudes = magnitudes(histogram);
        int best = magnitudes.length;
        double least = Double.POSITIVE_INFINITY;
        for (int kept = fewest(magnitudes); kept <= magnitudes.length; kept++) {
            double divergence = divergence(magnitudes, kept);
            if (divergence < least) {
                least = divergence;
                best = kept;
            }
        }
        float limit = (float) (best * histogram.width());
        return Range.of(Math.max(-limit, histogram.min()), Math.min(limit, histogram.max()));
    }

    /** The bins that must be kept, so that not too many values are cut off. */
    private static int fewest(double[] magnitudes) {
        double allowed = OUTSIDE * Arrays.stream(magnitudes).sum();
        int kept = magnitudes.length;
        for (double outside = 0; kept > LEVELS; kept--) {
            outside += magnitudes[kept - 1];
            if (outside > allowed) {
                break;
            }
        }
        return kept;
    }

    /** Without zeros: they are exact whatever the range. */
    private static double[] magnitudes(Histogram histogram) {
        double[] magnitudes = new double[Histogram.HALF];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = histogram.bin(Histogram.HALF + i) + histogram.bin(Histogram.HALF - 1 - i);
        }
        return magnitudes;
    }

    /** Of the distribution that is cut off after so many bins, from the same in 128 levels. */
    private static double divergence(double[] magnitudes, int kept) {
        double outside = 0;
        for (int i = kept; i < magnitudes.length; i++) {
            outside += magnitudes[i];
        }
        double total = outside;
        for (int i = 0; i < kept; i++) {
            total += magnitudes[i];
        }
        double inside = total - outside;
        if (inside == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double divergence = 0;
        for (int level = 0; level < LEVELS; level++) {
            int from = (int) ((long) level * kept / LEVELS);
            int to = (int) ((long) (level + 1) * kept / LEVELS);
            double sum = 0;
            int filled = 0;
            for (int i = from; i < to; i++) {
                sum += magnitudes[i];
                filled += magnitudes[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++) {
                double real = (magnitudes[i] + (i == kept - 1 ? outside : 0)) / total;
                if (real > 0) {
                    // The last bin holds what is cut off; where nothing else is in its level, the level cannot tell it.
                    double told = filled == 0 || magnitudes[i] == 0 ? Double.MIN_NORMAL : sum / filled / inside;
                    divergence += real * Math.log(real / told);
                }
            }
        }
        return divergence;
    }
}
