package org.elasticvision.train.torch.optimizer;

import java.util.List;
import java.util.Locale;

/** By which rule gradients change the weights. */
public enum OptimizerKind {
    /** Stochastic gradient descent with momentum, as {@code torch.optim.SGD}. */
    SGD,
    /** Adam with decoupled weight decay, as {@code torch.optim.AdamW}. */
    ADAMW;

    /** {@return what is kept for each parameter that has been changed, by PyTorch's names; SGD without momentum keeps nothing} */
    public List<String> entries() {
        return switch (this) {
            case SGD -> List.of(Sgd.MOMENTUM);
            case ADAMW -> List.of(AdamW.STEP, AdamW.MEAN, AdamW.SQUARE);
        };
    }

    /**
     * {@return whether an entry is one number; the others are of the parameter's shape}
     *
     * @param entry by its name
     */
    public boolean isScalar(String entry) {
        return entry.equals(AdamW.STEP);
    }

    /** {@return its name on the command line and in checkpoints} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
