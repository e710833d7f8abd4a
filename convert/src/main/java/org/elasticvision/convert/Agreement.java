package org.elasticvision.convert;

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

    /**
     * Compares the outputs for one input.
     *
     * @param expected logits, class by class: {@code [classes, positions]}
     * @param actual the same of the other model
     */
    public void add(float[] expected, float[] actual, int classes) {
        if (expected.length != actual.length || expected.length % classes != 0) {
            throw new IllegalArgumentException(expected.length + " and " + actual.length
                    + " values cannot be compared in " + classes + " classes");
        }
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs((double) expected[i] - actual[i]);
            // A NaN counts as an infinite error instead of being lost in a maximum.
            double counted = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            largestError = Math.max(largestError, counted);
            sumOfErrors += counted;
            largestValue = Math.max(largestValue, Math.abs(expected[i]));
            dot += (double) expected[i] * actual[i];
            squaredExpected += (double) expected[i] * expected[i];
            squaredActual += (double) actual[i] * actual[i];
        }
        values += expected.length;
        int positions = expected.length / classes;
        for (int position = 0; position < positions; position++) {
            rows++;
            if (top(expected, classes, positions, position) == top(actual, classes, positions, position)) {
                sameTop++;
            }
        }
    }

    private static int top(float[] logits, int classes, int positions, int position) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[c * positions + position] > logits[best * positions + position]) {
                best = c;
            }
        }
        return best;
    }

    public double maxError() {
        return largestError;
    }

    public double meanError() {
        return sumOfErrors / values;
    }

    /** The largest absolute value expected: errors are judged against it. */
    public double maxExpected() {
        return largestValue;
    }

    /** The largest error as a share of the largest value expected. */
    public double relativeError() {
        return largestValue == 0 ? largestError : largestError / largestValue;
    }

    /** The cosine between all expected and all actual values. */
    public double cosine() {
        return dot / Math.sqrt(squaredExpected * squaredActual);
    }

    /** The share of decisions with the same best class. */
    public double top1() {
        return (double) sameTop / rows;
    }
}
