package org.elasticvision.runtime.metrics;

/** How good a model's answers were. */
public sealed interface Measures permits ClassificationResult, MultiLabelResult, SegmentationResult {
    /** Number of images. */
    long images();

    /** The task's {@linkplain org.elasticvision.runtime.model.Task#scoreName() measure}, in percent: larger is better. */
    double score();
}
