package org.elasticvision.convert;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.CheckpointException;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.ReleasedModel;
import org.elasticvision.runtime.ElasticVisionException;
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
 */
public record Recognition(Architecture architecture, Task task, int classes, Network network) {
    /** Where a last layer can be, the more telling ones first. */
    private static final List<String> HEADS =
            List.of("aspp.conv3.weight", "fc.0.weight", "classifier.weight", "fc.weight");

    /**
     * Recognises a checkpoint's network.
     *
     * @param checkpoint an open checkpoint
     * @param architecture what it must be, where somebody knows; otherwise all are tried
     * @param task what it is for, where somebody knows; otherwise a classifier is what the file's {@link ModelEntry}
     *     says, or its entry {@code task}; without both 80 classes mean multi-label
     * @return what the checkpoint holds
     * @throws CheckpointException naming the missing and surplus tensors, if no network fits
     */
    public static Recognition of(Checkpoint checkpoint, Optional<Architecture> architecture, Optional<Task> task) {
        StateDict state = checkpoint.stateDict();
        if (state.size() == 0) {
            throw new CheckpointException(checkpoint.file(), "its state dict holds no tensors; save it again");
        }
        boolean segments =
                state.names().stream().anyMatch(name -> name.startsWith("aspp.") || name.startsWith("dla_up."));
        if (task.isPresent() && segments != (task.get() == Task.SEGMENTATION)) {
            throw new CheckpointException(
                    checkpoint.file(),
                    "holds a "
                            + (segments ? "segmentation network" : "classifier, no segmentation network")
                            + "; leave out --task "
                            + task.get());
        }
        Task found = task.orElseGet(() -> segments ? Task.SEGMENTATION : taskOfClassifier(checkpoint, state));
        int classes = classes(state)
                .orElseGet(() -> ReleasedModel.publishedLabels(found).size());
        List<Fit> fits = Arrays.stream(Architecture.values())
                .filter(candidate -> candidate.supports(found))
                .map(candidate -> Fit.of(candidate, candidate.network(found, classes), state))
                .toList();
        Fit best = architecture.map(wanted -> wanted(fits, wanted, found)).orElseGet(() -> best(fits, checkpoint));
        if (!best.isExact()) {
            throw new CheckpointException(checkpoint.file(), misfit(best, fits, architecture.isPresent()));
        }
        return new Recognition(best.architecture(), found, classes, best.network());
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
        return HEADS.stream()
                .filter(state::contains)
                .map(name -> state.get(name).shape())
                .filter(shape -> !shape.isEmpty() && shape.get(0) >= 1 && shape.get(0) <= Integer.MAX_VALUE)
                .map(shape -> shape.get(0).intValue())
                .findFirst();
    }

    private static Fit wanted(List<Fit> fits, Architecture wanted, Task task) {
        return fits.stream()
                .filter(fit -> fit.architecture() == wanted)
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException(wanted + " has no form for " + task));
    }

    /** The network that fits; the one that the file names where none does; else the one that fails by the fewest tensors. */
    private static Fit best(List<Fit> fits, Checkpoint checkpoint) {
        String named = checkpoint.architecture().orElse("");
        return fits.stream()
                .min(Comparator.comparing((Fit fit) -> !fit.isExact())
                        .thenComparing(fit -> !fit.architecture().id().equals(named))
                        .thenComparing(Fit::problems))
                .orElseThrow();
    }

    private static String misfit(Fit best, List<Fit> fits, boolean wanted) {
        Optional<Fit> exact = fits.stream().filter(Fit::isExact).findFirst();
        if (exact.isPresent()) {
            return "does not hold a " + best.architecture() + " but a "
                    + exact.get().architecture() + "; leave out --arch";
        }
        return (wanted ? "does not fit " : "no network of the zoo fits; closest is ") + best.architecture() + ": "
                + best.describe() + "; 'elastic models' lists the zoo";
    }
}
