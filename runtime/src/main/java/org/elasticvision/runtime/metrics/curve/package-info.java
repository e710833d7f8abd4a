/**
 * What the probabilities of answers are worth: precision over recall ({@code RankedScores}, {@code PrecisionRecallCurve}) and whether answers are
 * right as often as their probabilities say ({@code Calibration}). The memory does not grow with the number of images. Who calls: the
 * report of an evaluation. Begin with {@code RankedScores}.
 */
@Internal
package org.elasticvision.runtime.metrics.curve;

import org.elasticvision.runtime.base.Internal;
