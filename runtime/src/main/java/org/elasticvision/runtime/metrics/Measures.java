package org.elasticvision.runtime.metrics;

/** How good a model's answers were. */
public sealed interface Measures permits ClassificationResult, MultiLabelResult, SegmentationResult {
    /** {@return number of images} */
    long images();

    /**
     * {@return the task's {@linkplain org.elasticvision.runtime.model.Task#scoreName() measure}, in percent: larger is
     * better}
     */
    double score();
}
