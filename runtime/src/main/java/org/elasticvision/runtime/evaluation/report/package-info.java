/**
 * The page about an evaluation. {@code EvaluationReport} sees each answered image and keeps what does not grow with their number: histograms of
 * scores for the curves, and the worst mistakes; then it writes one self-contained page beside the figures of the result. Who calls: {@code
 * elastic evaluate --report}. Begin with {@code EvaluationReport}.
 */
@Internal
package org.elasticvision.runtime.evaluation.report;

import org.elasticvision.runtime.base.Internal;
