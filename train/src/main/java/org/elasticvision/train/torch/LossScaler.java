package org.elasticvision.train.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Keeps float16 gradients from vanishing: the loss is multiplied before the backward pass and the gradients are divided
 * before the step; a step whose gradients overflow is left out. With the constants of {@code torch.amp.GradScaler}.
 */
final class LossScaler {
    private static final double INITIAL = 65536;
    private static final double GROWTH = 2;
    private static final double BACKOFF = 0.5;
    private static final int GROWTH_INTERVAL = 2000;

    private final boolean enabled;
    private double scale = INITIAL;
    private int goodSteps;

    LossScaler(boolean enabled) {
        this.enabled = enabled;
    }

    Tensor scaled(Tensor loss) {
        return enabled ? loss.mul(new Scalar(scale)) : loss;
    }

    /** Divides all gradients; false if one is not finite, and then the next scale is smaller. */
    boolean unscale(TensorStore store) {
        if (!enabled) {
            return true;
        }
        boolean finite = divide(store);
        if (!finite) {
            scale *= BACKOFF;
            goodSteps = 0;
        } else if (++goodSteps == GROWTH_INTERVAL) {
            scale *= GROWTH;
            goodSteps = 0;
        }
        return finite;
    }

    private boolean divide(TensorStore store) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor allFinite = null;
            for (String name : store.trained()) {
                Tensor gradient = store.get(name).grad();
                if (gradient.defined()) {
                    gradient.mul_(new Scalar(1 / scale));
                    Tensor finite = gradient.isfinite().all();
                    allFinite = allFinite == null ? finite : torch.logical_and(allFinite, finite);
                }
            }
            return allFinite == null || allFinite.item_bool();
        }
    }

    double scale() {
        return scale;
    }

    int goodSteps() {
        return goodSteps;
    }

    /** Takes over what was saved. */
    void restore(double savedScale, int savedGoodSteps) {
        scale = savedScale;
        goodSteps = savedGoodSteps;
    }
}
