package org.elasticvision.train.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/**
 * The tensors of a training run at one moment, for a {@link TrainingCheckpoint}. Names are keys of the state dict without
 * {@code module.}. What it hands out reads the values when the file is written: the run must stand still until then.
 */
public interface TrainingState {
    /** {@return all tensors in the order of the state dict: parameters and buffers, step counters included} */
    List<String> names();

    /**
     * {@return a tensor: float32 or float64, a step counter as an int64 scalar}
     *
     * @param name its name
     */
    SavedTensor tensor(String name);

    /**
     * {@return what the optimiser keeps for a parameter, by PyTorch's names: of the parameter's type and shape, or a float32 scalar; empty
     * before its first step}
     *
     * @param name its name
     */
    Map<String, SavedTensor> optimizerState(String name);

    /** {@return by which rule the weights are changed} */
    default OptimizerKind optimizer() {
        return OptimizerKind.SGD;
    }

    /**
     * {@return a tensor's moving average, of its type and shape; empty where the run keeps none}
     *
     * @param name its name
     */
    default Optional<SavedTensor> average(String name) {
        return Optional.empty();
    }

    /** {@return the optimiser's groups in its order; a parameter that is never changed is in none} */
    List<SavedParameterGroup> groups();
}
