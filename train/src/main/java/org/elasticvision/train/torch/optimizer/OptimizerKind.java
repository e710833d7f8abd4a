package org.elasticvision.train.torch.optimizer;

import java.util.List;
import java.util.Locale;

/** By which rule gradients change the weights. */
public enum OptimizerKind {
    /** Stochastic gradient descent with momentum, as {@code torch.optim.SGD}. */
    SGD(List.of(Sgd.MOMENTUM)),
    /** Adam with decoupled weight decay, as {@code torch.optim.AdamW}. */
    ADAMW(List.of(AdamW.STEP, AdamW.MEAN, AdamW.SQUARE));

    private final List<String> entries;

    OptimizerKind(List<String> entries) {
        this.entries = entries;
    }

    /** {@return what is kept for each parameter that has been changed, by PyTorch's names; SGD without momentum keeps nothing} */
    public List<String> entries() {
        return entries;
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
