package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.model.Label;

/** Reads rows of raw outputs; probabilities are computed in double. */
public final class Logits {
    private Logits() {}

    /**
     * {@return the best class of each row; ties go to the lower index; -1 where a logit is not a number, as no class is best
     * then}
     *
     * @param logits class by class: {@code [classes, rows]}, a row being what one decision is made of: an image or a pixel
     * @param classes how many classes there are
     */
    public static int[] best(float[] logits, int classes) {
        int rows = logits.length / classes;
        int[] best = new int[rows];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < classes && best[row] >= 0; c++) {
                float logit = logits[c * rows + row];
                if (Float.isNaN(logit)) {
                    best[row] = -1;
                } else if (logit > logits[best[row] * rows + row]) {
                    best[row] = c;
                }
            }
        }
        return best;
    }

    /** A copy of a row, all of it numbers that can be compared. */
    static float[] numbers(FloatBuffer output) {
        float[] values = new float[output.limit()];
        output.get(0, values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ArithmeticException("a logit is " + value);
            }
        }
        return values;
    }

    static float[] inClassOrder(List<Score> scores) {
        float[] logits = new float[scores.size()];
        for (Score score : scores) {
            logits[score.index()] = score.logit();
        }
        return logits;
    }

    /** Softmax, best first; ties go to the lower index. */
    static List<Score> ranked(float[] logits, List<Label> labels) {
        double[] probabilities = softmax(logits);
        List<Score> scores = new ArrayList<>(logits.length);
        for (int index : order(logits)) {
            scores.add(new Score(labels.get(index), index, logits[index], probabilities[index]));
        }
        return scores;
    }

    /** Sorts whole numbers, not objects: each holds a logit so that larger ones come first, and below it the index. */
    private static int[] order(float[] logits) {
        long[] keys = new long[logits.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(logits[i]);
            int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
            keys[i] = (long) ~ascending << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /** Sigmoid of each, in class order. */
    static List<Score> independent(float[] logits, List<Label> labels) {
        return IntStream.range(0, logits.length)
                .mapToObj(index -> new Score(labels.get(index), index, logits[index], sigmoid(logits[index])))
                .toList();
    }

    /** Less the largest logit, so that no exponential overflows. */
    static double[] softmax(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double[] exponentials = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] = Math.exp(logits[i] - largest);
        }
        double sum = Arrays.stream(exponentials).sum();
        return Arrays.stream(exponentials).map(value -> value / sum).toArray();
    }

    /** Never divides infinity by infinity. */
    static double sigmoid(double logit) {
        double small = Math.exp(-Math.abs(logit));
        return logit >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
