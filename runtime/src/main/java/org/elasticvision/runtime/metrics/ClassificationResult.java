package org.elasticvision.runtime.metrics;

import java.util.OptionalDouble;

/**
 * How well images were classified.
 *
 * @param images number of images
 * @param error1 Err@1 in percent: images whose class does not have the highest logit
 * @param error5 Err@5 in percent: images whose class is not among the five highest logits; empty where there are no more
 *     than five classes, so that none could be wrong
 * @param crossEntropy mean over the images of the cross entropy in nats
 */
public record ClassificationResult(long images, double error1, OptionalDouble error5, double crossEntropy)
        implements Measures {
    @Override
    public double score() {
        return 100 - error1;
    }
}
