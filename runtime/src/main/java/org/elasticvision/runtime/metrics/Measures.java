package org.elasticvision.runtime.metrics;

/** How good a model's answers were. */
public sealed interface Measures permits ClassificationResult, MultiLabelResult, SegmentationResult {
    /** Number of images. */
    long images();

    /** The measure by which models of the task are compared, in percent, larger is better. */
    double score();

    /** What {@link #score()} is: {@code top-1 accuracy}, {@code overall F1} or {@code mean IoU}. */
    String scoreName();
}
