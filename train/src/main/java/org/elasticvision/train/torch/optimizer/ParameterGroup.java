package org.elasticvision.train.torch.optimizer;

import java.util.List;

/**
 * Parameters that are trained alike, as a parameter group of {@code torch.optim}.
 *
 * @param names keys of the state dict
 * @param momentum of SGD, 0 for none; AdamW has none
 * @param weightDecay of SGD, added to gradients per unit of weight; of AdamW, taken off per unit of weight and learning rate
 */
public record ParameterGroup(List<String> names, double momentum, double weightDecay) {
    public ParameterGroup {
        names = List.copyOf(names);
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " must be at least 0 and below 1");
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weight decay " + weightDecay + " must be at least 0");
        }
    }
}
