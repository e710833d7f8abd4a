package org.elasticvision.convert.quantize.calibration;

import org.elasticvision.convert.quantize.qdq.Range;

/** The range of all but the outermost values. */
final class Percentile {
    /** The share of values that is left out at either end. */
    private static final double OUTSIDE = 1e-4;

    private Percentile() {}

    static Range range(Histogram histogram) {
        long allowed = (long) (OUTSIDE * histogram.count());
        int low = 0;
        for (long outside = histogram.bin(0);
                low < Histogram.HALF && outside <= allowed;
                outside += histogram.bin(low)) {
            low++;
        }
        int high = 2 * Histogram.HALF - 1;
        for (long outside = histogram.bin(high);
                high >= Histogram.HALF && outside <= allowed;
                outside += histogram.bin(high)) {
            high--;
        }
        double min = (low - Histogram.HALF) * histogram.width();
        double max = (high + 1 - Histogram.HALF) * histogram.width();
        return Range.of(Math.max((float) min, histogram.min()), Math.min((float) max, histogram.max()));
    }
}
