package org.elasticvision.train.progress;

import org.elasticvision.runtime.metrics.Measures;

/**
 * How good a network is on the validation images.
 *
 * @param loss mean
 * @param measures the task's own, as {@code elastic evaluate} has them
 * @param averaged whether they are of the moving average of the weights (EMA)
 */
public record Scores(double loss, Measures measures, boolean averaged) {
    /** {@return what training wants to be small, in percent: Err@1, 100 − overall F1, or 100 − mean IoU} */
    public double error() {
        return measures.error();
    }

    /** {@return the main figures in words, such as {@code Err@1 11.50  Err@5 0.30}} */
    public String summary() {
        return measures.summary();
    }
}
