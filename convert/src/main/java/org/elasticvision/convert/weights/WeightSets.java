package org.elasticvision.convert.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.StateDictForm;

/**
 * All the tensors of a checkpoint that may be a network's: those of every entry, and of every prefix that many names of it
 * have, as they are and in every form of other people's code that they may be in. Which of them are, only a network can say.
 */
public final class WeightSets {
    /** What is in state dicts and is not a weight: of AveragedModel, of thop, of modules with a state of their own. */
    static final Set<String> NO_WEIGHTS = Set.of("n_averaged", "total_ops", "total_params", "_extra_state");

    /** Fewer tensors cannot be a network of the zoo. */
    private static final int FEWEST = 40;

    /** More parts of names than wrappers put before a network's own. */
    private static final int DEEPEST = 12;

    private static final int MOST = 100;

    private WeightSets() {}

    /**
     * {@return the candidates in the order of the file, the widest first: at least one}
     *
     * @param checkpoint an open checkpoint
     * @param place where they must be, where somebody says so: an entry, or an entry and a prefix
     * @throws CheckpointException if there are no tensors, or none at that place
     */
    public static List<WeightSet> of(Checkpoint checkpoint, Optional<String> place) {
        List<WeightSet> sets = new ArrayList<>();
        checkpoint.entries().forEach((path, tensors) -> sets.addAll(inEntry(path, tensors)));
        if (sets.isEmpty()) {
            checkpoint.stateDict(); // says what is there instead
            throw new CheckpointException(checkpoint.file(), "its state dict holds no tensors; save it again");
        }
        if (place.isEmpty()) {
            return sets;
        }
        List<WeightSet> there =
                sets.stream().filter(set -> set.isUnder(place.get())).toList();
        if (there.isEmpty()) {
            throw new CheckpointException(
                    checkpoint.file(),
                    "has no network in an entry '" + place.get() + "'; it has tensors in " + shown(places(sets)));
        }
        return there;
    }

    /**
     * {@return a place in words: its quoted path}
     *
     * @param place of a set
     */
    public static String named(String place) {
        return place.isEmpty() ? "the file itself" : "'" + place + "'";
    }

    /** Not those of every part of a network. */
    private static List<String> places(List<WeightSet> sets) {
        int most = sets.stream().mapToInt(set -> set.tensors().size()).max().orElse(0);
        return sets.stream()
                .filter(set -> set.tensors().size() >= most / 3)
                .map(set -> named(set.place()))
                .distinct()
                .toList();
    }

    private static String shown(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(10, all.size()))) + (all.size() > 10 ? " …" : "");
    }

    private static List<WeightSet> inEntry(String path, StateDict entry) {
        List<String> beside = new ArrayList<>();
        Map<String, CheckpointTensor> weights = new LinkedHashMap<>();
        for (CheckpointTensor tensor : entry) {
            if (NO_WEIGHTS.contains(lastPart(tensor.name()))) {
                beside.add(tensor.name());
            } else {
                weights.put(tensor.name(), tensor);
            }
        }
        if (weights.isEmpty()) {
            return List.of();
        }
        // The root of a training's file has much beside; in a state dict it is worth a word.
        entry.others().forEach((name, value) -> {
            if (NO_WEIGHTS.contains(lastPart(name)) || (!path.isEmpty() && !(value instanceof Map))) {
                beside.add(name);
            }
        });
        List<WeightSet> sets = new ArrayList<>();
        for (String prefix : prefixes(weights.keySet())) {
            List<String> passedOver = new ArrayList<>(beside);
            weights.keySet().stream().filter(name -> !name.startsWith(prefix)).forEach(passedOver::add);
            String bare = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
            StateDict tensors = entry.with(weights).under(prefix);
            sets.add(new WeightSet(path, bare, tensors.names(), tensors, StateDictForm.OWN, passedOver));
            for (StateDictForm form : Architecture.otherForms(Set.copyOf(tensors.names()))) {
                sets.add(new WeightSet(path, bare, tensors.names(), Translation.of(tensors, form), form, passedOver));
            }
        }
        return sets;
    }

    /** The empty one, and those that enough names have, the commonest first. */
    private static List<String> prefixes(Set<String> names) {
        Map<String, Integer> counts = new HashMap<>();
        for (String name : names) {
            int end = 0;
            for (int depth = 0; depth < DEEPEST; depth++) {
                end = name.indexOf('.', end) + 1;
                if (end == 0) {
                    break;
                }
                counts.merge(name.substring(0, end), 1, Integer::sum);
            }
        }
        List<String> prefixes = new ArrayList<>(List.of(""));
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FEWEST)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(entry -> prefixes.add(entry.getKey()));
        return prefixes;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
