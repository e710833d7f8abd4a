package org.elasticvision.runtime.metrics;

import java.util.List;

/**
 * How well pixels were labelled. Unlike the error rates, these are fractions from 0 to 1, as the published code computes
 * them (it prints them times 100).
 *
 * @param images number of images
 * @param meanIou mean over all classes of their intersection over union; a class that neither occurs nor is answered counts 0
 * @param pixelAccuracy labelled pixels that got their class
 * @param classes each class's pixels, in class order
 */
public record SegmentationResult(long images, double meanIou, double pixelAccuracy, List<ClassOverlap> classes)
        implements Measures {
    public SegmentationResult {
        classes = List.copyOf(classes);
    }

    @Override
    public double score() {
        return 100 * meanIou;
    }
}
