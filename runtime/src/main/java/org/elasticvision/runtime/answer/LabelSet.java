package org.elasticvision.runtime.answer;

import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import org.elasticvision.runtime.model.Label;

/**
 * Any number of classes for the whole image.
 *
 * @param scores every class in class order; each probability (sigmoid) stands for itself
 */
public record LabelSet(List<Score> scores) implements Prediction {
    public LabelSet {
        scores = List.copyOf(scores);
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i).index() != i) {
                throw new IllegalArgumentException("the score at place " + i + " is of class "
                        + scores.get(i).index() + "; the scores must be in class order");
            }
        }
    }

    /**
     * Reads a row of a network's output.
     *
     * @param logits one per class, from index 0 to the limit; not kept
     * @param labels in class order
     * @return the answer
     * @throws ArithmeticException if a logit is not a number
     */
    public static LabelSet of(FloatBuffer logits, List<Label> labels) {
        return new LabelSet(Logits.independent(Logits.numbers(logits), labels));
    }

    /** {@return one logit per class, in class order} A copy. */
    public float[] logits() {
        return Logits.inClassOrder(scores);
    }

    /** {@return the classes that are there, as the published evaluation decides: logit above 0} The likeliest first. */
    public List<Score> present() {
        return scores.stream()
                .filter(score -> score.logit() > 0)
                .sorted(likeliestFirst())
                .toList();
    }

    /**
     * {@return the classes at least as likely as a threshold, the likeliest first}
     *
     * @param threshold a probability in 0..1
     */
    public List<Score> atLeast(double threshold) {
        return scores.stream()
                .filter(score -> score.probability() >= threshold)
                .sorted(likeliestFirst())
                .toList();
    }

    private static Comparator<Score> likeliestFirst() {
        return Comparator.comparingDouble(Score::logit).reversed();
    }
}
