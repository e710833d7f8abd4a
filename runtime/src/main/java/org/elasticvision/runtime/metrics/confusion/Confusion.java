package org.elasticvision.runtime.metrics.confusion;

/**
 * How often one class was answered for another, or for itself: a cell of a {@link ConfusionMatrix}.
 *
 * @param truth index of the true class
 * @param answer index of the answered class
 * @param count images, or pixels
 */
public record Confusion(int truth, int answer, long count) {
    public Confusion {
        if (truth < 0 || answer < 0 || count < 1) {
            throw new IllegalArgumentException("class " + answer + " for class " + truth + ", " + count
                    + " times: indices are at least 0 and counts at least 1");
        }
    }

    /** {@return whether the answer is right: the cell is on the diagonal} */
    public boolean isRight() {
        return truth == answer;
    }
}
