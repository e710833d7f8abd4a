package org.elasticvision.train.torch.average;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Moves tensors towards others: {@code average ← decay · average + (1 − decay) · current}; what is not of floating point is copied. The
 * tensors stay their owner's. Not thread-safe.
 */
public final class TensorAverage {
    private final List<Tensor> averages;
    private final List<Tensor> current;

    /**
     * Of tensors and those that they follow.
     *
     * @param current of the same kinds and shapes, in the same order
     */
    public TensorAverage(List<Tensor> averages, List<Tensor> current) {
        if (averages.size() != current.size()) {
            throw new IllegalArgumentException(averages.size() + " averages of " + current.size() + " tensors");
        }
        this.averages = List.copyOf(averages);
        this.current = List.copyOf(current);
    }

    /**
     * Moves all of them once.
     *
     * @param decay 0 to 1
     */
    public void update(double decay) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Scalar weight = new Scalar(1 - decay);
            for (int i = 0; i < averages.size(); i++) {
                Tensor average = averages.get(i);
                if (average.is_floating_point()) {
                    average.lerp_(current.get(i), weight);
                } else {
                    average.copy_(current.get(i));
                }
            }
        }
    }
}
