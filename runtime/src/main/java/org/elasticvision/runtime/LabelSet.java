package org.elasticvision.runtime;

import java.util.Comparator;
import java.util.List;

/**
 * Any number of classes for the whole image.
 *
 * @param scores every class in class order; each probability (sigmoid) stands for itself
 */
public record LabelSet(List<Score> scores) implements Prediction {
    public LabelSet {
        scores = List.copyOf(scores);
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
