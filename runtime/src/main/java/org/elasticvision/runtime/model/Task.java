package org.elasticvision.runtime.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;

/** What a network answers. */
public enum Task {
    /** One class per image: logits {@code [N, classes]}. */
    CLASSIFICATION("classification", "top-1 accuracy"),
    /** Any number of classes per image: logits {@code [N, classes]}; a class is present where its logit is above 0. */
    MULTI_LABEL("multilabel", "overall F1"),
    /** One class per pixel: logits (or log-probabilities) {@code [N, classes, H, W]}. */
    SEGMENTATION("segmentation", "mean IoU");

    private final String id;
    private final String scoreName;

    Task(String id, String scoreName) {
        this.id = id;
        this.scoreName = scoreName;
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
