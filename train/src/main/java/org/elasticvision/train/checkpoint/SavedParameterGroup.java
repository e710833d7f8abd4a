package org.elasticvision.train.checkpoint;

import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * Parameters that the optimiser treats alike, as a group of PyTorch's SGD or AdamW.
 *
 * @param names keys in the state dict, without {@code module.}; empty for a group whose parameters are all frozen
 * @param learningRate of the next step
 * @param momentum of SGD, without dampening and not Nesterov's; 0 of AdamW
 * @param weightDecay of SGD as an L2 penalty on the gradient; of AdamW decoupled
 */
public record SavedParameterGroup(List<String> names, double learningRate, double momentum, double weightDecay) {
    public SavedParameterGroup {
        names = List.copyOf(names);
        check("learning rate", learningRate);
        check("momentum", momentum);
        check("weight decay", weightDecay);
    }

    private static void check(String what, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new ElasticVisionException(what + " " + value + " must be 0 or more");
        }
    }
}
