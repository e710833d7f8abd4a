package org.elasticvision.train.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.torch.optimizer.OptimizerKind;

/** The entry {@code optimizer} of a training checkpoint, with names in the place of numbers. Immutable. */
record OptimizerState(
        OptimizerKind kind, List<SavedParameterGroup> groups, Map<String, Map<String, CheckpointTensor>> states) {

    /**
     * Reads the entry.
     *
     * @param parameters the name of each number
     * @param network which the states must fit
     * @throws CheckpointException if something is missing, of the wrong kind, or does not fit
     */
    static OptimizerState read(Path file, Map<?, ?> optimizer, List<?> parameters, StateDict network) {
        List<?> saved = value(file, optimizer, PublishedForm.GROUPS, List.class);
        OptimizerKind kind = SavedGroups.optimizer(saved);
        List<SavedParameterGroup> groups = new ArrayList<>();
        for (Object group : saved) {
            groups.add(group(file, kind, group, parameters));
        }
        Map<String, Map<String, CheckpointTensor>> states = new HashMap<>();
        Map<?, ?> kept = value(file, optimizer, PublishedForm.STATE, Map.class);
        kept.forEach((index, values) -> {
            if (values instanceof Map<?, ?> map) {
                String name = name(file, index, parameters);
                Map<String, CheckpointTensor> entries = entries(file, kind, name, map, network);
                if (!entries.isEmpty()) {
                    states.put(name, entries);
                }
            }
        });
        return new OptimizerState(kind, List.copyOf(groups), Map.copyOf(states));
    }

    /** All that the optimiser keeps for a parameter, or nothing. */
    private static Map<String, CheckpointTensor> entries(
            Path file, OptimizerKind kind, String name, Map<?, ?> saved, StateDict network) {
        Map<String, CheckpointTensor> entries = new LinkedHashMap<>();
        for (String entry : kind.entries()) {
            if (saved.get(entry) != null) {
                CheckpointTensor tensor = value(file, saved, entry, CheckpointTensor.class);
                requireShape(file, name, entry, tensor, network, kind.isScalar(entry));
                entries.put(entry, tensor);
            }
        }
        for (String entry : kind.entries()) {
            if (!entries.isEmpty() && !entries.containsKey(entry)) {
                throw problem(file, "the optimizer keeps no " + entry + " of " + name);
            }
        }
        return Collections.unmodifiableMap(entries);
    }

    private static void requireShape(
            Path file, String name, String entry, CheckpointTensor tensor, StateDict network, boolean isScalar) {
        if (!network.contains(name)) {
            throw problem(file, "there is no such tensor as " + name + ", of which the optimizer keeps a " + entry);
        }
        List<Long> shape = isScalar ? List.of() : network.get(name).shape();
        if (!shape.equals(tensor.shape())) {
            throw problem(file, "the " + entry + " of " + name + " is of shape " + tensor.shape() + ", not " + shape);
        }
    }

    /** What is kept for a parameter, by PyTorch's names. */
    Map<String, CheckpointTensor> state(String name) {
        return states.getOrDefault(name, Map.of());
    }

    private static SavedParameterGroup group(Path file, OptimizerKind kind, Object group, List<?> parameters) {
        if (!(group instanceof Map<?, ?> values)) {
            throw problem(file, "a group of its optimizer is not a dictionary");
        }
        List<String> names = new ArrayList<>();
        for (Object index : value(file, values, SavedGroups.INDICES, List.class)) {
            names.add(name(file, index, parameters));
        }
        try {
            return SavedGroups.read(file, kind, values, names);
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
