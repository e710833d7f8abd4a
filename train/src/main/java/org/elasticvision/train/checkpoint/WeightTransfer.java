package org.elasticvision.train.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.CheckpointWeights;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.weights.WeightChoice;
import org.elasticvision.convert.weights.WeightSet;
import org.elasticvision.convert.weights.WeightSets;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.convert.zoo.network.PartialStart;
import org.elasticvision.convert.zoo.network.Weights;
import org.elasticvision.runtime.model.Task;

/**
 * The weights that a network takes over from a checkpoint, which may be of another task or of other classes.
 *
 * <pre>{@code
 * Network network = Architecture.of("resnext50_elastic").network(Task.CLASSIFICATION, 5); // five classes of one's own
 * try (Checkpoint released = Checkpoint.open(Path.of("resnext50_elastic.pth.tar"))) {
 *     WeightTransfer transfer = WeightTransfer.of(released, network, Task.CLASSIFICATION);
 *     transfer.lines().forEach(System.out::println);
 *     Weights weights = transfer.orElse(new Initialization(network, 0));
 * }
 * }</pre>
 *
 * <p>Where everything fits, everything is taken. Otherwise the backbone is taken by name and the head, or those of its layers
 * that do not fit, stays as it is initialised. These are the rules of the published {@code multilabel_classify.py} and {@code
 * segment.py}, but for two: a backbone that does not fit is refused by name instead of being loaded in part, and heads are
 * told by whole names, not by a part of them. A backbone is taken in part only where the network says how: see {@link
 * Network#startFrom}. Immutable and thread-safe; usable until the checkpoint is closed.
 */
public final class WeightTransfer {
    private final Checkpoint checkpoint;
    private final CheckpointWeights weights;
    private final List<String> notes;
    private final Map<String, String> taken = new LinkedHashMap<>();
    private final List<String> initialised = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Set<String> zeros = new LinkedHashSet<>();

    private WeightTransfer(Checkpoint checkpoint, StateDict state, List<String> notes) {
        this.checkpoint = checkpoint;
        this.weights = new CheckpointWeights(checkpoint, state);
        this.notes = notes;
    }

    /**
     * Finds what can be taken over of the checkpoint's only or usual weights.
     *
     * @param checkpoint an open checkpoint
     * @param network to be trained, with the classes that it is to have
     * @param task of the network
     * @return what is taken over, and what is not
     * @throws CheckpointException naming the tensors, if the checkpoint holds another backbone
     */
    public static WeightTransfer of(Checkpoint checkpoint, Network network, Task task) {
        return of(checkpoint, Optional.empty(), network, task);
    }

    /**
     * Finds what can be taken over.
     *
     * @param checkpoint an open checkpoint
     * @param entry where in the checkpoint the weights are; empty for the only or usual ones
     * @param network to be trained, with the classes that it is to have
     * @param task of the network
     * @return what is taken over, and what is not
     * @throws CheckpointException naming the tensors, if the checkpoint holds another backbone; naming the entries, if
     *     several fit
     */
    public static WeightTransfer of(Checkpoint checkpoint, Optional<String> entry, Network network, Task task) {
        List<Attempt> attempts = WeightSets.of(checkpoint, entry).stream()
                .map(set -> Attempt.of(set, network, task))
                .toList();
        List<WeightSet> fitting = attempts.stream()
                .filter(attempt -> attempt.misfits.count() == 0)
                .map(Attempt::set)
                .toList();
        WeightChoice choice = WeightChoice.among(checkpoint, fitting);
        Attempt attempt = attempts.stream()
                .filter(candidate ->
                        choice.chosen().isEmpty() || choice.chosen().get().equals(candidate.set))
                .min(Comparator.comparing((Attempt candidate) -> -candidate.known())
                        .thenComparing(candidate -> candidate.misfits.count()))
                .orElseThrow();
        attempt.misfits.requireNone(checkpoint, attempt.set.tensors());
        List<String> notes = new ArrayList<>(choice.notes());
        attempt.set.form().trainingNote().ifPresent(notes::add);
        WeightTransfer transfer = new WeightTransfer(checkpoint, attempt.set.tensors(), notes);
        transfer.taken.putAll(attempt.taken);
        transfer.initialised.addAll(attempt.initialised);
        transfer.leftOut.addAll(attempt.leftOut);
        transfer.zeros.addAll(attempt.zeros);
        return transfer;
    }

    /** What could be taken of one of the file's sets of weights. */
    private record Attempt(
            WeightSet set,
            Map<String, String> taken,
            List<String> initialised,
            List<String> leftOut,
            Set<String> zeros,
            Misfits misfits) {
        static Attempt of(WeightSet set, Network network, Task task) {
            StateDict state = set.tensors();
            HeadNames heads = HeadNames.of(state.names(), network, task);
            PartialStart start = network.startFrom(Set.copyOf(state.names()));
            Attempt attempt = new Attempt(
                    set, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), start.zeros(), new Misfits());
            Set<String> rest = new LinkedHashSet<>(state.names());
            for (Layer layer : network.layers()) {
                if (start.added().contains(layer.name())) {
                    layer.tensors().forEach(tensor -> attempt.initialised.add(tensor.name()));
                    continue;
                }
                attempt.take(layer, heads, rest);
            }
            rest.forEach(name -> (heads.isOfSourceHead(name) || start.spare().contains(name)
                            ? attempt.leftOut
                            : attempt.misfits.surplus)
                    .add(name));
            return attempt;
        }

        /** How many of the tensors have names that the network knows. */
        int known() {
            return set.tensors().size() - misfits.surplus.size();
        }

        private void take(Layer layer, HeadNames heads, Set<String> rest) {
            boolean fits = misfits.check(layer, heads, set.tensors());
            for (TensorSpec tensor : layer.tensors()) {
                Optional<String> source = heads.source(tensor.name()).filter(set.tensors()::contains);
                if (fits && source.isPresent()) {
                    taken.put(tensor.name(), source.get());
                } else if (!fits) {
                    initialised.add(tensor.name());
                }
                if (fits || !heads.isReplaceable(layer.name())) {
                    source.ifPresent(rest::remove);
                }
            }
        }
    }

    /** {@return whether the network has all its weights from the checkpoint, its head too} */
    public boolean isComplete() {
        return initialised.isEmpty();
    }

    /** {@return tensors of the network that are taken from the checkpoint} */
    public List<String> taken() {
        return List.copyOf(taken.keySet());
    }

    /**
     * {@return tensors of the network that stay as they are initialised; step counters that older files lack are not
     * counted}
     */
    public List<String> initialised() {
        return List.copyOf(initialised);
    }

    /** {@return tensors of the checkpoint that the network has no use for} */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /**
     * {@return a tensor of the network, row-major; empty where it stays as it is initialised}
     *
     * @param name its name
     * @throws CheckpointException if it cannot be read or holds what no training can have left there
     */
    public Optional<float[]> read(String name) {
        return Optional.ofNullable(taken.get(name)).map(weights::read);
    }

    /**
     * {@return all of the network's weights: those of the checkpoint, and where there are none, fresh ones}
     *
     * @param fresh for tensors that are not taken over
     */
    public Weights orElse(Weights fresh) {
        return name -> read(name).orElseGet(() -> {
            float[] values = fresh.read(name);
            return zeros.contains(name) ? new float[values.length] : values;
        });
    }

    /** {@return what was done, in human-readable lines} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(notes);
        String all = isComplete() ? ", the whole network" : "";
        lines.add(String.format(Locale.ROOT, "taken from %s: %,d tensors%s", checkpoint.file(), taken.size(), all));
        if (!initialised.isEmpty()) {
            lines.add("newly initialised: " + byPart(initialised)
                    + (zeros.isEmpty()
                            ? ""
                            : "; the new blocks, " + zeros.size()
                                    + " of them, pass on what comes in until they have learnt"));
        }
        if (!leftOut.isEmpty()) {
            lines.add("left out of the checkpoint: " + byPart(leftOut));
        }
        return lines;
    }

    /** Such as {@code aspp (37 tensors)}. */
    private static String byPart(List<String> names) {
        Map<String, Long> parts = names.stream()
                .collect(Collectors.groupingBy(
                        name -> name.substring(0, name.indexOf('.')), LinkedHashMap::new, Collectors.counting()));
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " (" + part.getValue() + (part.getValue() == 1 ? " tensor)" : " tensors)"))
                .collect(Collectors.joining(", "));
    }
}
