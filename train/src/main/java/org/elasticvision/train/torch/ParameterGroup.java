package org.elasticvision.train.torch;

import java.util.List;

/**
 * Parameters that are trained alike, as a parameter group of {@code torch.optim.SGD}.
 *
 * @param names keys of the state dict
 * @param momentum 0 for none
 * @param weightDecay added to gradients per unit of weight
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
