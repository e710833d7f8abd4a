package org.elasticvision.runtime.metrics;

import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * Precision, recall and their F measure, in percent.
 *
 * @param precision how many of the classes that were answered are present
 * @param recall how many of the classes that are present were answered
 * @param f1 harmonic mean of the two, or a mean of such
 */
public record PrecisionRecall(double precision, double recall, double f1) {
    /**
     * {@return the measures of counts; a quotient without a denominator is 0}
     *
     * @param counts of one class, or of all together
     */
    public static PrecisionRecall of(ClassCounts counts) {
        double precision = Ratio.percent(counts.truePositives(), counts.truePositives() + counts.falsePositives());
        double recall = Ratio.percent(counts.truePositives(), counts.truePositives() + counts.falseNegatives());
        return new PrecisionRecall(precision, recall, Ratio.harmonicMean(precision, recall));
    }
}
