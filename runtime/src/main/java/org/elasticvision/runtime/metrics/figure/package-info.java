/**
 * What the measures share: quotients that are 0 where the denominator is ({@code Ratio}), and figures as text that is the same
 * in every country ({@code Words}). Who calls: the metrics and results of the package above.
 */
@Internal
package org.elasticvision.runtime.metrics.figure;

import org.elasticvision.runtime.base.Internal;
