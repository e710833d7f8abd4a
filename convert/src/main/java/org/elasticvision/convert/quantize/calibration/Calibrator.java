package org.elasticvision.convert.quantize.calibration;

import java.util.Locale;
import org.elasticvision.convert.quantize.qdq.Range;

/** How a range is chosen from the values that were seen. */
public enum Calibrator {
    /** All values. */
    MINMAX {
        @Override
        public Range range(Histogram histogram) {
            return Range.of(histogram.min(), histogram.max());
        }
    },
    /** All but one in 10,000 at either end. */
    PERCENTILE {
        @Override
        public Range range(Histogram histogram) {
            return Percentile.range(histogram);
        }
    },
    /** The one whose 8 bits tell most about the distribution (Kullback-Leibler divergence), symmetric around 0. */
    ENTROPY {
        @Override
        public Range range(Histogram histogram) {
            return Entropy.range(histogram);
        }
    };

    /**
     * Chooses; at least one value was seen.
     *
     * @param histogram how the values are distributed
     * @return the range
     */
    public abstract Range range(Histogram histogram);

    /** {@return the word for it in options} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return id();
    }
}
