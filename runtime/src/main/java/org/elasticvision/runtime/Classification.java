package org.elasticvision.runtime;

import java.util.List;

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

    /** {@return the likeliest class} */
    public Score best() {
        return ranking.get(0);
    }

    /**
     * {@return the likeliest classes, best first; all of them where there are fewer}
     *
     * @param count how many at most
     */
    public List<Score> top(int count) {
        return ranking.subList(0, Math.min(count, ranking.size()));
    }
}
