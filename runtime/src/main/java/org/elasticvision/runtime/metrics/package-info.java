/**
 * The measures that the published evaluation reports: error rates, precision and recall, intersection over union. One {@link
 * org.elasticvision.runtime.metrics.TaskMetrics} per task, which {@link org.elasticvision.runtime.evaluation.Evaluation} fills
 * with answers about files and a training run with those about its validation batches; what comes out, {@link
 * org.elasticvision.runtime.metrics.Measures}, has the words too in which commands print it. Begin with {@code
 * ClassificationMetrics}, the shortest.
 *
 * <p>Each collects one image after the other and gives an immutable result at any time. Counts are exact and sums
 * are kept in double, so neither the order nor the grouping of images matters beyond the last digits. A quotient whose
 * denominator is zero is 0, never NaN. The accumulators are not thread-safe: give every thread its own and merge them.
 */
package org.elasticvision.runtime.metrics;
