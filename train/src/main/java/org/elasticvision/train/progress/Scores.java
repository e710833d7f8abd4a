package org.elasticvision.train.progress;

/**
 * How good a network is on the validation images.
 *
 * @param loss mean
 * @param error what training wants to be small, in percent: Err@1, 100 − overall F1, or 100 − mean IoU
 * @param summary the task's own measures in words, such as {@code Err@1 11.50  Err@5 0.30}
 */
public record Scores(double loss, double error, String summary) {}
