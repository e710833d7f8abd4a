/**
 * Work on many things by several threads. Start at {@link org.elasticvision.runtime.concurrent.OrderedPredictions}: {@code
 * elastic predict} and {@link org.elasticvision.runtime.evaluation.Evaluation} ask a model about lists of files with it. For
 * images that come one after the other see the packages {@code stream} (in order, from one source) and {@code batching} (from
 * many callers).
 */
package org.elasticvision.runtime.concurrent;
