package org.elasticvision.train.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.train.data.TrainingData;

/** How much an image counts in the loss by its class. */
public enum ClassWeights {
    /** All alike. */
    NONE,
    /**
     * Of n images of k classes one of a class with n<sub>c</sub> images counts n / (k n<sub>c</sub>): all classes count alike, and an image
     * counts 1 on average. That is {@code compute_class_weight("balanced", …)} of scikit-learn.
     */
    BALANCED;

    /**
     * {@return a weight for each class; empty where all images count alike} A class without images has none to weigh, and is not one of
     * the k: its weight is 0.
     *
     * @param data images to learn from, each of one class
     * @param classes of the network
     */
    public List<Double> of(TrainingData data, int classes) {
        return switch (this) {
            case NONE -> List.of();
            case BALANCED -> balanced(data, classes);
        };
    }

    private static List<Double> balanced(TrainingData data, int classes) {
        long[] counts = new long[classes];
        for (int i = 0; i < data.size(); i++) {
            counts[data.kind(i)]++;
        }
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        List<Double> weights = new ArrayList<>();
        for (long count : counts) {
            weights.add(count == 0 ? 0.0 : (double) data.size() / (present * count));
        }
        return List.copyOf(weights);
    }
}
