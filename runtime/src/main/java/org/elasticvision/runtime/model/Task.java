package org.elasticvision.runtime.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.elasticvision.runtime.ElasticVisionException;

/** What a network answers. */
public enum Task {
    /** One class per image: logits {@code [N, classes]}. */
    CLASSIFICATION("classification"),
    /** Any number of classes per image: logits {@code [N, classes]}; a class is present where its logit is above 0. */
    MULTI_LABEL("multilabel"),
    /** One class per pixel: logits (or log-probabilities) {@code [N, classes, H, W]}. */
    SEGMENTATION("segmentation");

    private final String id;

    Task(String id) {
        this.id = id;
    }

    /** The word for this task on the command line and in model files. */
    public String id() {
        return id;
    }

    /** Finds a task by its {@link #id()}. */
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
