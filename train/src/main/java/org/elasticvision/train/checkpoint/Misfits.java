package org.elasticvision.train.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.weights.WeightSet;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;

/** What keeps a checkpoint's backbone from being taken over, by name. */
final class Misfits {
    private static final int NAMES_SHOWN = 3;

    private final List<String> missing = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();
    /** Tensors of the checkpoint that belong nowhere. */
    final List<String> surplus = new ArrayList<>();

    /** Whether the checkpoint has what a layer needs; what a layer of the backbone lacks is kept. */
    boolean check(Layer layer, HeadNames heads, StateDict state) {
        boolean replaceable = heads.isReplaceable(layer.name());
        boolean fits = true;
        for (TensorSpec tensor : layer.tensors()) {
            Optional<String> source = heads.source(tensor.name());
            boolean there = source.filter(state::contains).isPresent();
            if (there) {
                List<Long> shape = state.get(source.get()).shape();
                if (!WeightSet.fits(state.get(source.get()), tensor)) {
                    fits = false;
                    misshapen.addAll(
                            replaceable
                                    ? List.of()
                                    : List.of(source.get() + " " + shape + " instead of " + tensor.shape()));
                }
            } else if (tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED) {
                // Older files lack the step counters.
                fits = false;
                missing.addAll(replaceable ? List.of() : List.of(source.orElse(tensor.name())));
            }
        }
        return fits;
    }

    /** How many tensors do not fit. */
    int count() {
        return missing.size() + misshapen.size() + surplus.size();
    }

    /**
     * Refuses what does not fit.
     *
     * @param state that was checked
     * @throws CheckpointException if there is anything
     */
    void requireNone(Checkpoint checkpoint, StateDict state) {
        state.requireRead(missing);
        List<String> parts = new ArrayList<>();
        add(parts, "missing", missing);
        add(parts, "with a size mismatch", misshapen);
        add(parts, "unexpected", surplus);
        if (!parts.isEmpty()) {
            String named = checkpoint
                    .architecture()
                    .map(name -> " (the file calls it '" + name + "')")
                    .orElse("");
            throw new CheckpointException(
                    checkpoint.file(),
                    "holds the weights of another network" + named + "; train that one, or start from other weights: "
                            + String.join("; ", parts));
        }
    }

    private static void add(List<String> parts, String what, List<String> names) {
        if (!names.isEmpty()) {
            String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
            int hidden = names.size() - NAMES_SHOWN;
            parts.add(names.size() + " " + what + ": " + shown + (hidden > 0 ? " and " + hidden + " more" : ""));
        }
    }
}
