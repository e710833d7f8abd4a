package org.elasticvision.convert.zoo.network;

import org.elasticvision.runtime.model.Task;

/** What the published scripts {@code classify.py}, {@code multilabel_classify.py} and {@code segment.py} use for all networks. */
public final class PublishedFacts {
    private PublishedFacts() {}

    /** {@return the input height and width of training and evaluation, in pixels} */
    public static int inputSize(Task task) {
        return switch (task) {
            case CLASSIFICATION, MULTI_LABEL -> 224;
            case SEGMENTATION -> 513;
        };
    }

    /** {@return the weight decay of SGD} */
    public static double weightDecay(Task task) {
        return switch (task) {
            case CLASSIFICATION -> 1e-4;
            case MULTI_LABEL, SEGMENTATION -> 5e-4;
        };
    }
}
