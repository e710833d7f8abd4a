package org.elasticvision.train.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.tensor.SavedTensor;
import org.elasticvision.train.checkpoint.SavedParameterGroup;
import org.elasticvision.train.checkpoint.TrainingState;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/** A copy of a training state, in Java's memory, which can be written while training goes on. Immutable. */
final class StateSnapshot implements TrainingState {
    private final Map<String, SavedTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Map<String, SavedTensor>> optimizerStates = new LinkedHashMap<>();
    private final Map<String, SavedTensor> averages = new LinkedHashMap<>();
    private final OptimizerKind optimizer;
    private final List<SavedParameterGroup> groups;

    /** Copies all of it now. */
    StateSnapshot(TrainingState state) {
        for (String name : state.names()) {
            tensors.put(name, state.tensor(name).copy());
            state.average(name).ifPresent(tensor -> averages.put(name, tensor.copy()));
            Map<String, SavedTensor> copies = new LinkedHashMap<>();
            state.optimizerState(name).forEach((entry, tensor) -> copies.put(entry, tensor.copy()));
            optimizerStates.put(name, copies);
        }
        optimizer = state.optimizer();
        groups = state.groups();
    }

    @Override
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public SavedTensor tensor(String name) {
        return tensors.get(name);
    }

    @Override
    public Map<String, SavedTensor> optimizerState(String name) {
        return optimizerStates.get(name);
    }

    @Override
    public OptimizerKind optimizer() {
        return optimizer;
    }

    @Override
    public Optional<SavedTensor> average(String name) {
        return Optional.ofNullable(averages.get(name));
    }

    @Override
    public List<SavedParameterGroup> groups() {
        return groups;
    }
}
