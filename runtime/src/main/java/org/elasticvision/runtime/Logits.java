package org.elasticvision.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.elasticvision.runtime.model.Label;

/** Turns a row of raw outputs into probabilities, in double. */
final class Logits {
    private Logits() {}

    /** Softmax, best first. Ties go to the lower index. */
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
