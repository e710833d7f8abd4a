package org.elasticvision.train.torch.optimizer;

import java.util.List;

/**
 * What an optimiser changes, and how.
 *
 * @param kind its rule
 * @param groups which parameters are trained
 * @param microBatches whose gradients an update finds added, those of all processes together: AdamW takes their mean; SGD takes
 *     them as they are, for learning rates that are divided by it
 */
public record OptimizerSettings(OptimizerKind kind, List<ParameterGroup> groups, int microBatches) {
    public OptimizerSettings {
        groups = List.copyOf(groups);
        if (microBatches < 1) {
            throw new IllegalArgumentException("micro-batches " + microBatches + " must be at least 1");
        }
    }

    /**
     * {@return stochastic gradient descent}
     *
     * @param groups which parameters are trained
     */
    public static OptimizerSettings sgd(List<ParameterGroup> groups) {
        return new OptimizerSettings(OptimizerKind.SGD, groups, 1);
    }
}
