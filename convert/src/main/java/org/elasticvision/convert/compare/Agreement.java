package org.elasticvision.convert.compare;

import org.elasticvision.runtime.answer.Logits;

/**
 * How far one model's outputs are from another's, over all inputs that both have answered. Not thread-safe.
 *
 * <p>A row is what one decision is made of: the logits of an image, or of a pixel.
 */
public final class Agreement {
    private long values;
    private long rows;
    private long sameTop;
    private double largestError;
    private double sumOfErrors;
    private double largestValue;
    private double dot;
    private double squaredExpected;
    private double squaredActual;
    private double squaredErrors;
    private long sameSigns;

    /**
     * Compares the outputs for one input. A NaN on either side is an infinite error and no agreement.
     *
     * @param expected logits, class by class: {@code [classes, positions]}
     * @param actual the same of the other model
     * @param classes how many classes there are
     * @throws IllegalArgumentException if they are not of one length, or that length is not a multiple of the classes
     */
    public void add(float[] expected, float[] actual, int classes) {
        if (expected.length != actual.length || expected.length % classes != 0) {
            throw new IllegalArgumentException(expected.length + " and " + actual.length
                    + " values cannot be compared in " + classes + " classes");
        }
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs((double) expected[i] - actual[i]);
            double counted = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            largestError = Math.max(largestError, counted);
            sumOfErrors += counted;
            squaredErrors += counted * counted;
            sameSigns += expected[i] > 0 == actual[i] > 0 ? 1 : 0;
            largestValue = Math.max(largestValue, Float.isNaN(expected[i]) ? 0 : Math.abs(expected[i]));
            dot += (double) expected[i] * actual[i];
            squaredExpected += (double) expected[i] * expected[i];
            squaredActual += (double) actual[i] * actual[i];
        }
        values += expected.length;
        int[] expectedBest = Logits.best(expected, classes);
        int[] actualBest = Logits.best(actual, classes);
        rows += expectedBest.length;
        for (int row = 0; row < expectedBest.length; row++) {
            sameTop += expectedBest[row] >= 0 && expectedBest[row] == actualBest[row] ? 1 : 0;
        }
    }

    /** {@return the largest absolute error} */
    public double maxError() {
        return largestError;
    }

    /** {@return the mean absolute error} */
    public double meanError() {
        return sumOfErrors / values;
    }

    /** {@return the largest absolute value expected: errors are judged against it} */
    public double maxExpected() {
        return largestValue;
    }

    /** {@return the largest error as a share of the largest value expected} */
    public double relativeError() {
        return largestValue == 0 ? largestError : largestError / largestValue;
    }

    /**
     * {@return the cosine between all expected and all actual values: 1 if all of both are zero, NaN if one of them is
     * a NaN}
     */
    public double cosine() {
        return squaredExpected == 0 && squaredActual == 0 ? 1 : dot / Math.sqrt(squaredExpected * squaredActual);
    }

    /** {@return the power of all expected values over that of the errors, in dB; infinite where there are none} */
    public double signalToNoise() {
        return squaredErrors == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(squaredExpected / squaredErrors);
    }

    /** {@return the share of values that are positive in both or in neither: of the labels of label sets} */
    public double sameSigns() {
        return (double) sameSigns / values;
    }

    /** {@return the share of decisions with the same best class} */
    public double top1() {
        return (double) sameTop / rows;
    }
}
