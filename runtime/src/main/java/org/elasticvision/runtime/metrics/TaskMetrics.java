package org.elasticvision.runtime.metrics;

import org.elasticvision.runtime.answer.Prediction;

/**
 * How good a task's answers are, collected one image after the other: the one place where a task is measured, by {@code
 * elastic evaluate} and by the validation of a training run alike. Not thread-safe.
 *
 * @param <A> the answer about one image
 * @param <T> what is true of it
 */
public sealed interface TaskMetrics<A extends Prediction, T>
        permits ClassificationMetrics, MultiLabelMetrics, SegmentationMetrics {

    /**
     * Adds an image.
     *
     * @param answer of a model with the same classes
     * @param truth about the same image
     */
    void add(A answer, T truth);

    /** {@return the figures for the images so far; zeros if there are none} */
    Measures result();

    /**
     * {@return all that was counted and summed so far, to be {@linkplain #merge(double[]) added} in another process} Counts are exact
     * up to 2<sup>53</sup>. How many there are may depend on what was counted.
     */
    double[] totals();

    /**
     * Adds what another one counted: then {@link #result()} is as if all images had been added here, but for the last digits of sums.
     *
     * @param totals of metrics of the same kind and number of classes
     * @throws IllegalArgumentException if they are of another kind or number of classes
     */
    void merge(double[] totals);
}
