package org.elasticvision.convert.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.file.CheckpointException;

/**
 * Which of the weights in a checkpoint that fit is meant: the only ones; those beside which there are but averages of them;
 * or those in the entry {@code state_dict}, where the published code has them.
 *
 * @param chosen empty where none fits
 * @param notes what the user should know about it, in lines; usually none
 */
public record WeightChoice(Optional<WeightSet> chosen, List<String> notes) {
    private static final String STATE_DICT = "state_dict";
    private static final int NAMES_SHOWN = 6;

    /** Where weights usually are. */
    private static final Set<String> USUAL = Set.of("", "module", STATE_DICT, STATE_DICT + ".module");

    public WeightChoice {
        notes = List.copyOf(notes);
    }

    /**
     * Chooses.
     *
     * @param checkpoint that they are in
     * @param fitting the sets that fit
     * @return the choice
     * @throws CheckpointException if several could be meant
     */
    public static WeightChoice among(Checkpoint checkpoint, List<WeightSet> fitting) {
        // A segmentation network has a classifier inside.
        List<WeightSet> whole = fitting.stream()
                .filter(set -> fitting.stream().noneMatch(set::isPartOf))
                .toList();
        if (whole.isEmpty()) {
            return new WeightChoice(Optional.empty(), List.of());
        }
        Optional<WeightSet> chosen = only(whole, set -> true)
                .or(() -> only(whole, set -> !set.isAverage()))
                .or(() -> only(whole, set -> set.entry().equals(STATE_DICT) && !set.isAverage()));
        WeightSet meant = chosen.orElseThrow(() -> new CheckpointException(
                checkpoint.file(),
                "holds the weights of " + whole.size() + " networks, in "
                        + whole.stream()
                                .map(set -> WeightSets.named(set.place()))
                                .limit(NAMES_SHOWN)
                                .collect(Collectors.joining(", "))
                        + "; say which are meant, with --entry"));
        return new WeightChoice(chosen, notes(meant, whole));
    }

    private static Optional<WeightSet> only(List<WeightSet> sets, Predicate<WeightSet> wanted) {
        List<WeightSet> found = sets.stream().filter(wanted).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static List<String> notes(WeightSet meant, List<WeightSet> whole) {
        List<String> notes = new ArrayList<>();
        if (!USUAL.contains(meant.place())) {
            notes.add("weights from " + WeightSets.named(meant.place()));
        }
        for (WeightSet other : whole) {
            if (!other.equals(meant)) {
                notes.add((other.isAverage() ? "averaged (EMA) weights" : "other weights") + " are in it too, in "
                        + WeightSets.named(other.place())
                        + (other.place().isEmpty() ? "" : ": --entry " + other.place() + " takes those"));
            }
        }
        meant.form().description().ifPresent(notes::add);
        Map<String, List<String>> beside = meant.beside().stream()
                .filter(name -> whole.stream()
                        .noneMatch(other -> !other.equals(meant)
                                && other.entry().equals(meant.entry())
                                && name.startsWith(other.prefix() + ".")))
                .collect(Collectors.groupingBy(WeightChoice::kind, LinkedHashMap::new, Collectors.toList()));
        if (!beside.isEmpty()) {
            notes.add("ignored, not weights of the network: "
                    + beside.entrySet().stream()
                            .limit(NAMES_SHOWN)
                            .map(kind -> kind.getValue().size() == 1
                                    ? kind.getValue().get(0)
                                    : kind.getKey() + " (" + kind.getValue().size() + ")")
                            .collect(Collectors.joining(", "))
                    + (beside.size() > NAMES_SHOWN ? " …" : ""));
        }
        return notes;
    }

    /** What every module has is named once, and so is what is of one module. */
    private static String kind(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        int first = name.indexOf('.');
        return WeightSets.NO_WEIGHTS.contains(last) || first < 0 ? last : name.substring(0, first);
    }
}
