package org.elasticvision.runtime.metrics.curve;

import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * How often each score was given to images with the class and to images without it. Scores are log-odds, ln(p / (1 − p)), in bins of
 * 1/128 from −16 to 16, which tell probabilities from 10<sup>-7</sup> to 1 − 10<sup>-7</sup> apart: 32 KB, however many images there are.
 * Not thread-safe.
 */
public final class ScoreHistogram {
    private static final int LIMIT = 16;
    private static final int BINS_OF_ONE = 128;
    private static final int BINS = 2 * LIMIT * BINS_OF_ONE;

    private final int[] with = new int[BINS];
    private final int[] without = new int[BINS];

    /**
     * {@return the log-odds of a probability}
     *
     * @param probability 0 to 1; the ends give infinities
     */
    public static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    /**
     * Adds an image.
     *
     * @param logOdds of the class; may be infinite
     * @param present whether the image has the class
     */
    public void add(double logOdds, boolean present) {
        double place = Math.floor((logOdds + LIMIT) * BINS_OF_ONE);
        int bin = (int) Math.max(0, Math.min(BINS - 1, place));
        (present ? with : without)[bin]++;
    }

    /**
     * Adds all images of another one.
     *
     * @param other stays as it is
     */
    public void merge(ScoreHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            with[bin] += other.with[bin];
            without[bin] += other.without[bin];
        }
    }

    /**
     * {@return precision and recall where all scores from a bin on count as answered, for each bin with images, the highest first} Images of
     * one bin are tied. Without an image that has the class, the curve has no points.
     */
    public PrecisionRecallCurve curve() {
        long present = 0;
        for (int count : with) {
            present += count;
        }
        List<PrecisionRecallCurve.Point> points = new ArrayList<>();
        long right = 0;
        long answered = 0;
        for (int bin = BINS - 1; present > 0 && bin >= 0; bin--) {
            if (with[bin] + without[bin] > 0) {
                right += with[bin];
                answered += with[bin] + without[bin];
                points.add(new PrecisionRecallCurve.Point(
                        Ratio.of((double) right, (double) present), Ratio.of((double) right, (double) answered)));
            }
        }
        return new PrecisionRecallCurve(points);
    }
}
