package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import java.util.List;
import org.elasticvision.runtime.model.Label;

/**
 * One class for the whole image.
 *
 * @param ranking every class, the likeliest first; the probabilities (softmax) sum to 1
 */
public record Classification(List<Score> ranking) implements Prediction {
    public Classification {
        ranking = List.copyOf(ranking);
        if (ranking.isEmpty()) {
            throw new IllegalArgumentException("a classification needs at least one class");
        }
    }

    /**
     * Reads a row of a network's output.
     *
     * @param logits one per class, from index 0 to the limit; not kept
     * @param labels in class order
     * @return the answer
     * @throws ArithmeticException if a logit is not a number, so that classes cannot be compared
     */
    public static Classification of(FloatBuffer logits, List<Label> labels) {
        return new Classification(Logits.ranked(Logits.numbers(logits), labels));
    }

    /** {@return one logit per class, in class order} A copy. */
    public float[] logits() {
        return Logits.inClassOrder(ranking);
    }

    /** {@return the likeliest class} */
    public Score best() {
        return ranking.get(0);
    }

    /**
     * {@return the likeliest classes, best first; all of them where there are fewer}
     *
     * @param count how many at most
     * @throws IllegalArgumentException if that is negative
     */
    public List<Score> top(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count + " must be 0 or more");
        }
        return ranking.subList(0, Math.min(count, ranking.size()));
    }
}
