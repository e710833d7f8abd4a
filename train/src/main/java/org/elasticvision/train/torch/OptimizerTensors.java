package org.elasticvision.train.torch;

import java.util.List;
import java.util.Set;
import org.elasticvision.train.torch.device.TorchShield;
import org.elasticvision.train.torch.optimizer.Optimizer;
import org.elasticvision.train.torch.tensor.Tensors;

/**
 * What an optimiser keeps for each parameter, as copies to be saved and restored: such as {@code momentum_buffer}, or {@code step},
 * {@code exp_avg} and {@code exp_avg_sq}, by PyTorch's names. As long as its trainer is open; for one thread.
 */
public final class OptimizerTensors {
    private final Optimizer optimizer;
    private final TensorStore store;

    OptimizerTensors(Optimizer optimizer, TensorStore store) {
        this.optimizer = optimizer;
        this.store = store;
    }

    /**
     * {@return the entries of a parameter; none before its first step}
     *
     * @param name of the parameter
     */
    public Set<String> entries(String name) {
        return Set.copyOf(optimizer.state(name).keySet());
    }

    /**
     * {@return a copy of an entry, row-major}
     *
     * @param name of the parameter
     * @param entry one of its entries
     */
    public double[] toDoubles(String name, String entry) {
        return TorchShield.behind(() -> Tensors.toDoubles(optimizer.state(name).get(entry)));
    }

    /**
     * Takes over an entry that was saved.
     *
     * @param name of the parameter
     * @param entry by PyTorch's name
     * @param values row-major; of the parameter's shape, or a number
     * @param shape of the values
     */
    public void restore(String name, String entry, double[] values, List<Long> shape) {
        try (TorchShield shield = TorchShield.open()) {
            optimizer.restore(
                    name,
                    entry,
                    shape.isEmpty() ? Tensors.number((float) values[0]) : Tensors.of(values, shape, store.place()));
        }
    }
}
