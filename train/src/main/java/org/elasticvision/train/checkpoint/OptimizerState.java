package org.elasticvision.train.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.runtime.base.ElasticVisionException;

/** The entry {@code optimizer} of a training checkpoint, with names in the place of numbers. Immutable. */
record OptimizerState(List<SavedParameterGroup> groups, Map<String, CheckpointTensor> momenta) {

    /**
     * Reads the entry.
     *
     * @param parameters the name of each number
     * @param state which the momenta must fit
     * @throws CheckpointException if something is missing, of the wrong kind, or does not fit
     */
    static OptimizerState read(Path file, Map<?, ?> optimizer, List<?> parameters, StateDict state) {
        List<SavedParameterGroup> groups = new ArrayList<>();
        for (Object group : value(file, optimizer, PublishedForm.GROUPS, List.class)) {
            groups.add(group(file, group, parameters));
        }
        Map<String, CheckpointTensor> momenta = new HashMap<>();
        Map<?, ?> states = value(file, optimizer, PublishedForm.STATE, Map.class);
        states.forEach((index, values) -> {
            if (values instanceof Map<?, ?> map && map.get(PublishedForm.MOMENTUM_BUFFER) != null) {
                String name = name(file, index, parameters);
                CheckpointTensor momentum = value(file, map, PublishedForm.MOMENTUM_BUFFER, CheckpointTensor.class);
                if (!state.contains(name) || !state.get(name).shape().equals(momentum.shape())) {
                    throw problem(
                            file,
                            "the momentum of " + name + " is of shape " + momentum.shape()
                                    + (state.contains(name)
                                            ? ", not " + state.get(name).shape()
                                            : ", but there is no such tensor"));
                }
                momenta.put(name, momentum);
            }
        });
        return new OptimizerState(List.copyOf(groups), Map.copyOf(momenta));
    }

    Optional<CheckpointTensor> momentum(String name) {
        return Optional.ofNullable(momenta.get(name));
    }

    private static SavedParameterGroup group(Path file, Object group, List<?> parameters) {
        if (!(group instanceof Map<?, ?> values)) {
            throw problem(file, "a group of its optimizer is not a dictionary");
        }
        List<String> names = new ArrayList<>();
        for (Object index : value(file, values, PublishedForm.INDICES, List.class)) {
            names.add(name(file, index, parameters));
        }
        try {
            return new SavedParameterGroup(
                    names,
                    value(file, values, PublishedForm.LEARNING_RATE, Number.class)
                            .doubleValue(),
                    value(file, values, PublishedForm.MOMENTUM, Number.class).doubleValue(),
                    value(file, values, PublishedForm.WEIGHT_DECAY, Number.class)
                            .doubleValue());
        } catch (CheckpointException e) {
            throw e;
        } catch (ElasticVisionException e) {
            throw problem(file, e.getMessage());
        }
    }

    private static String name(Path file, Object index, List<?> parameters) {
        if (index instanceof Long place
                && place >= 0
                && place < parameters.size()
                && parameters.get(place.intValue()) instanceof String name) {
            return name;
        }
        throw problem(file, "its optimizer has a parameter " + index + " that has no name");
    }

    /** An entry of a checkpoint's dictionary that must be there. */
    static <T> T value(Path file, Map<?, ?> map, String key, Class<T> type) {
        Object value = map.get(key);
        if (!type.isInstance(value)) {
            throw problem(file, "its entry '" + key + "' is missing or of the wrong kind");
        }
        return type.cast(value);
    }

    private static CheckpointException problem(Path file, String what) {
        return new CheckpointException(
                file, "cannot be resumed: " + what + "; resume from another checkpoint of the run");
    }
}
