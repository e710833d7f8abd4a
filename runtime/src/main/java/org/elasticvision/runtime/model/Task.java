package org.elasticvision.runtime.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * What a network answers. What else belongs to a task is a switch over its constants, without a default, where it is at home:
 * {@link Preprocessing#published}, the answer reader ({@code Model.open}), the measures and the layout of data ({@code
 * Evaluation.of}).
 */
public enum Task {
    /** One class per image: logits {@code [N, classes]}. */
    CLASSIFICATION("classification", "top-1 accuracy", false),
    /** Any number of classes per image: logits {@code [N, classes]}; a class is present where its logit is above 0. */
    MULTI_LABEL("multilabel", "overall F1", false),
    /** One class per pixel: logits (or log-probabilities) {@code [N, classes, H, W]}. */
    SEGMENTATION("segmentation", "mean IoU", true);

    private final String id;
    private final String scoreName;
    private final boolean perPixel;

    Task(String id, String scoreName, boolean perPixel) {
        this.id = id;
        this.scoreName = scoreName;
        this.perPixel = perPixel;
    }

    /** {@return the word for this task on the command line and in model files} */
    public String id() {
        return id;
    }

    /**
     * {@return the measure by which models of this task are compared, where one number is to say it: larger is better}
     */
    public String scoreName() {
        return scoreName;
    }

    /** {@return whether it answers for every pixel, and not for the image: its truth is a mask of class indices} */
    public boolean isPerPixel() {
        return perPixel;
    }

    /**
     * Finds a task by its {@link #id()}.
     *
     * @param id the word for it
     * @return the task
     */
    public static Task of(String id) {
        for (Task task : values()) {
            if (task.id.equals(id)) {
                return task;
            }
        }
        throw new ElasticVisionException("unknown task '" + id + "': use one of "
                + Arrays.stream(values()).map(Task::id).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return id;
    }
}
