package org.elasticvision.runtime.metrics;

import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.model.Label;

/** How good a model's answers were, and the words in which that is told: every command takes them from here. */
public sealed interface Measures permits ClassificationResult, MultiLabelResult, SegmentationResult {
    /** {@return number of images} */
    long images();

    /**
     * {@return the task's {@linkplain org.elasticvision.runtime.model.Task#scoreName() measure}, in percent: larger is
     * better}
     */
    double score();

    /** {@return what training makes small, in percent: 100 less the {@link #score}} */
    double error();

    /** {@return the main figures in one line, in percent, such as {@code Err@1 11.50  Err@5 0.30}} */
    String summary();

    /**
     * {@return the figures for a person, a line each, in percent}
     *
     * @param labels in class order
     */
    List<String> table(List<Label> labels);

    /**
     * {@return the figures for a program, by name and in the order in which they are written: numbers, or again figures by
     * name}
     *
     * @param labels in class order
     */
    Map<String, Object> values(List<Label> labels);
}
