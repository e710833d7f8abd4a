package org.elasticvision.convert;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.weights.WeightChoice;
import org.elasticvision.convert.weights.WeightSet;
import org.elasticvision.convert.weights.WeightSets;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.model.Task;

/**
 * Which network a checkpoint holds the weights of, found from its tensors' names and shapes.
 *
 * <pre>{@code
 * try (Checkpoint checkpoint = Checkpoint.open(Path.of("unknown.pth.tar"))) {
 *     System.out.println(Recognition.of(checkpoint, Optional.empty(), Optional.empty()).architecture());
 * }
 * }</pre>
 *
 * @param network with as many classes as the checkpoint's last layer has
 * @param weights those of the file's tensors that are the network's
 * @param notes what the user should know about the choice, in lines; usually none
 */
public record Recognition(
        Architecture architecture, Task task, int classes, Network network, StateDict weights, List<String> notes) {
    /** The weights of all last layers; those of segmentation first, because its networks may have another's inside. */
    private static final List<String> LAST_LAYERS = Stream.of(Task.SEGMENTATION, Task.CLASSIFICATION, Task.MULTI_LABEL)
            .flatMap(task -> Architecture.heads(task).stream())
            .map(head -> head.lastLayer() + ".weight")
            .distinct()
            .toList();

    public Recognition {
        notes = List.copyOf(notes);
    }

    /**
     * Recognises a checkpoint's network, in its only or usual entry.
     *
     * @param checkpoint an open checkpoint
     * @param architecture what it must be, where somebody knows; otherwise all are tried
     * @param task what it is for, where somebody knows
     * @return what the checkpoint holds
     * @throws CheckpointException if no network fits, or more than one
     * @see #of(Checkpoint, Optional, Optional, Optional)
     */
    public static Recognition of(Checkpoint checkpoint, Optional<Architecture> architecture, Optional<Task> task) {
        return of(checkpoint, Optional.empty(), architecture, task);
    }

    /**
     * Recognises a checkpoint's network.
     *
     * @param checkpoint an open checkpoint
     * @param entry where in the file the weights are, such as {@code state_dict_ema}; otherwise all are tried
     * @param architecture what it must be, where somebody knows; otherwise all are tried
     * @param task what it is for, where somebody knows; otherwise a classifier is what the file's {@link ModelEntry}
     *     says, or its entry {@code task}; without both 80 classes mean multi-label
     * @return what the checkpoint holds
     * @throws CheckpointException naming the missing and unexpected tensors, if no network fits; naming the entries, if
     *     several do; or if a classifier has one output, which no softmax makes an answer of
     */
    public static Recognition of(
            Checkpoint checkpoint, Optional<String> entry, Optional<Architecture> architecture, Optional<Task> task) {
        List<Attempt> attempts = WeightSets.of(checkpoint, entry).stream()
                .map(set -> Attempt.of(checkpoint, set, task))
                .toList();
        WeightChoice choice = WeightChoice.among(
                checkpoint,
                attempts.stream().filter(Attempt::isExact).map(Attempt::set).toList());
        Attempt attempt = choice.chosen()
                .map(set -> attempts.stream()
                        .filter(candidate -> candidate.set.equals(set))
                        .findFirst()
                        .orElseThrow())
                .orElseGet(() -> closest(attempts, checkpoint));
        if (task.isPresent() && attempt.task.isPerPixel() != task.get().isPerPixel()) {
            throw new CheckpointException(
                    checkpoint.file(),
                    "holds a "
                            + (attempt.task.isPerPixel()
                                    ? "segmentation network"
                                    : "classifier, not a segmentation network")
                            + "; leave out --task "
                            + task.get());
        }
        StateDictMatch best = architecture
                .map(wanted -> wanted(attempt.matches, wanted, attempt.task))
                .orElseGet(() -> best(attempt.matches, checkpoint));
        if (!best.isExact()) {
            attempt.set.tensors().requireRead(best.missing());
            throw new CheckpointException(checkpoint.file(), misfit(best, attempt, attempts, architecture.isPresent()));
        }
        requireAnAnswer(checkpoint, attempt);
        return new Recognition(
                best.architecture(),
                attempt.task,
                attempt.classes,
                attempt.set.form().adapt(best.network()),
                attempt.set.tensors(),
                choice.notes());
    }

    /** How well the networks fit one of the file's sets of weights. */
    private record Attempt(WeightSet set, Task task, int classes, List<StateDictMatch> matches) {
        static Attempt of(Checkpoint checkpoint, WeightSet set, Optional<Task> wanted) {
            StateDict state = set.tensors();
            Task task = Architecture.isSegmentation(state.names())
                    ? Task.SEGMENTATION
                    : wanted.filter(other -> !other.isPerPixel()).orElseGet(() -> taskOfClassifier(checkpoint, state));
            int classes = Recognition.classes(state)
                    .orElseGet(() -> ReleasedModel.publishedLabels(task).size());
            List<StateDictMatch> matches = Architecture.all().stream()
                    .filter(candidate -> candidate.supports(task))
                    .map(candidate -> StateDictMatch.of(candidate, candidate.network(task, classes), state))
                    .toList();
            return new Attempt(set, task, classes, matches);
        }

        /** How many of the file's tensors have names that the likeliest network knows. */
        int known() {
            return matches.stream()
                    .mapToInt(match -> set.known(match.surplus()))
                    .max()
                    .orElseThrow();
        }

        boolean lacksItsHead() {
            return matches.stream().anyMatch(StateDictMatch::lacksItsHead);
        }

        boolean isExact() {
            return matches.stream().anyMatch(StateDictMatch::isExact);
        }
    }

    private static Task taskOfClassifier(Checkpoint checkpoint, StateDict state) {
        Object said = ModelEntry.of(checkpoint)
                .<Object>map(entry -> entry.task().id())
                .orElseGet(() -> checkpoint.root().get("task"));
        // What other tools mean by an entry 'task' is unknown, so only our own words for classifiers count.
        return Stream.of(Task.CLASSIFICATION, Task.MULTI_LABEL)
                .filter(task -> task.id().equals(said))
                .findFirst()
                .orElseGet(() -> {
                    int coco = ReleasedModel.publishedLabels(Task.MULTI_LABEL).size();
                    return classes(state).equals(Optional.of(coco)) ? Task.MULTI_LABEL : Task.CLASSIFICATION;
                });
    }

    private static Optional<Integer> classes(StateDict state) {
        return LAST_LAYERS.stream()
                .filter(state::contains)
                .map(name -> state.get(name).shape())
                .filter(shape -> !shape.isEmpty() && shape.get(0) >= 1 && shape.get(0) <= Integer.MAX_VALUE)
                .map(shape -> shape.get(0).intValue())
                .findFirst();
    }

    /** A softmax over one value is 1 whatever the value: such a model would be certain of everything. */
    private static void requireAnAnswer(Checkpoint checkpoint, Attempt attempt) {
        if (attempt.classes > 1 || attempt.task == Task.MULTI_LABEL) {
            return;
        }
        throw new CheckpointException(
                checkpoint.file(),
                attempt.task.isPerPixel()
                        ? "has one output for a pixel, so every pixel is of its one class; train it with two, the"
                                + " background being one"
                        : "has one output, of which a softmax makes 100 % for every picture; if it is a logit for yes"
                                + " or no (BCEWithLogitsLoss), convert it with --task multilabel, which answers with its"
                                + " sigmoid; otherwise train it with two classes");
    }

    private static StateDictMatch wanted(List<StateDictMatch> matches, Architecture wanted, Task task) {
        return matches.stream()
                .filter(match -> match.architecture() == wanted)
                .findFirst()
                .orElseThrow(
                        () -> new ElasticVisionException(wanted + " has no form for " + task + "; leave out --arch"));
    }

    /**
     * The network that fits; where none does, the one that lacks nothing but its head, the one that the file names, or the one
     * that fails by the fewest tensors.
     */
    private static StateDictMatch best(List<StateDictMatch> matches, Checkpoint checkpoint) {
        String named = checkpoint.architecture().orElse("");
        return matches.stream()
                .min(Comparator.comparing((StateDictMatch match) -> !match.isExact())
                        .thenComparing(match -> !match.lacksItsHead())
                        .thenComparing(match -> !match.architecture().id().equals(named))
                        .thenComparing(StateDictMatch::problems))
                .orElseThrow();
    }

    /** A part of a network misses much of it, but so does a whole one of other shapes: names tell. */
    private static Attempt closest(List<Attempt> attempts, Checkpoint checkpoint) {
        return attempts.stream()
                .min(Comparator.comparing((Attempt attempt) -> -attempt.known())
                        .thenComparing(attempt -> !attempt.lacksItsHead())
                        .thenComparing(
                                attempt -> best(attempt.matches, checkpoint).problems()))
                .orElseThrow();
    }

    private static String misfit(StateDictMatch best, Attempt attempt, List<Attempt> attempts, boolean wanted) {
        Optional<StateDictMatch> exact =
                attempt.matches.stream().filter(StateDictMatch::isExact).findFirst();
        if (exact.isPresent()) {
            return "does not hold a " + best.architecture() + " but a "
                    + exact.get().architecture() + "; leave out --arch";
        }
        Optional<StateDictMatch> headless =
                attempt.matches.stream().filter(StateDictMatch::lacksItsHead).findFirst();
        if (headless.isPresent()) {
            StateDictMatch match = headless.get();
            return "holds a " + match.architecture() + " without its last layer (" + String.join(", ", match.missing())
                    + "); 'elastic train --init-from' gives it a new one";
        }
        Optional<String> form = best.isMisshapen() ? attempt.set.form().misfitNote() : Optional.empty();
        if (best.isOfAnotherSize()) { // the form of others may be meant though it fits no better
            form = form.or(() -> attempts.stream()
                    .filter(other -> other.set.place().equals(attempt.set.place()))
                    .flatMap(other -> other.set.form().misfitNote().stream())
                    .findFirst());
        }
        return form.map(note -> note + "; ").orElse("")
                + (wanted ? "does not fit " : "no network of the zoo fits; closest is ") + best.architecture() + ": "
                + best.describe() + "; 'elastic models' lists the zoo";
    }
}
