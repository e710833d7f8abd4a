package org.elasticvision.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.weights.WeightSet;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;

/**
 * How well a state dict fits a network: nothing missing, nothing left over, all shapes right. A step counter that evaluation
 * does not need may be missing.
 */
record StateDictMatch(
        Architecture architecture,
        Network network,
        List<String> missing,
        List<String> surplus,
        List<String> misshapen) {
    private static final int NAMES_SHOWN = 12;

    static StateDictMatch of(Architecture architecture, Network network, StateDict state) {
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (TensorSpec tensor : network.tensors()) {
            known.add(tensor.name());
            if (!state.contains(tensor.name())) {
                if (tensor.role() != TensorSpec.Role.NUM_BATCHES_TRACKED) {
                    missing.add(tensor.name());
                }
            } else if (!WeightSet.fits(state.get(tensor.name()), tensor)) {
                misshapen.add(tensor.name() + " " + state.get(tensor.name()).shape() + " instead of " + tensor.shape());
            }
        }
        List<String> surplus =
                state.names().stream().filter(name -> !known.contains(name)).toList();
        return new StateDictMatch(architecture, network, missing, surplus, misshapen);
    }

    boolean isExact() {
        return problems() == 0;
    }

    int problems() {
        return missing.size() + surplus.size() + misshapen.size();
    }

    /** Whether names and shapes fit as far as they go, but the last layer is not there. */
    boolean lacksItsHead() {
        return surplus.isEmpty()
                && misshapen.isEmpty()
                && missing.stream()
                        .allMatch(name -> name.startsWith(network.head().lastLayer() + "."))
                && missing.stream().anyMatch(name -> name.endsWith(".weight"));
    }

    /** Whether more shapes differ than a few changed layers explain. */
    boolean isOfAnotherSize() {
        return misshapen.size() > network.tensors().size() / 3;
    }

    boolean isMisshapen() {
        return !misshapen.isEmpty();
    }

    /** The problems by name, in one line. */
    String describe() {
        List<String> parts = new ArrayList<>();
        add(parts, "missing", missing);
        add(parts, "unexpected", surplus);
        add(parts, "with a size mismatch", misshapen);
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String what, List<String> names) {
        if (!names.isEmpty()) {
            String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
            int hidden = names.size() - NAMES_SHOWN;
            parts.add(names.size() + " " + what + ": " + shown + (hidden > 0 ? " and " + hidden + " more" : ""));
        }
    }
}
