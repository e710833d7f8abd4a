/**
 * The measures that the published evaluation reports: error rates, precision and recall, intersection over union.
 *
 * <p>Each measure collects one image after the other and gives an immutable result at any time. Counts are exact and sums
 * are kept in double, so neither the order nor the grouping of images matters beyond the last digits. A quotient whose
 * denominator is zero is 0, never NaN. The accumulators are not thread-safe: give every thread its own and merge them.
 */
package org.elasticvision.runtime.metrics;
