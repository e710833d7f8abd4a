package org.elasticvision.train.checkpoint;

import java.util.ArrayList;
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
import org.elasticvision.convert.checkpoint.CheckpointException;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.onnx.Weights;
import org.elasticvision.convert.zoo.Network;
import org.elasticvision.convert.zoo.layer.Layer;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.model.Task;

/**
 * The weights that a network takes over from a checkpoint, which may be of another task or of other classes.
 *
 * <pre>{@code
 * Network network = Architecture.RESNEXT50_ELASTIC.network(Task.CLASSIFICATION, 5); // five classes of one's own
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
 * told by whole names, not by a part of them. Immutable and thread-safe; usable until the checkpoint is closed.
 */
public final class WeightTransfer {
    private final Checkpoint checkpoint;
    private final CheckpointWeights weights;
    private final Map<String, String> taken = new LinkedHashMap<>();
    private final List<String> initialised = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private WeightTransfer(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.weights = new CheckpointWeights(checkpoint);
    }

    /**
     * Finds what can be taken over.
     *
     * @param checkpoint an open checkpoint
     * @param network to be trained, with the classes that it is to have
     * @param task of the network
     * @return what is taken over, and what is not
     * @throws CheckpointException naming the tensors, if the checkpoint holds another backbone
     */
    public static WeightTransfer of(Checkpoint checkpoint, Network network, Task task) {
        StateDict state = checkpoint.stateDict();
        HeadNames heads = HeadNames.of(state.names(), network, task);
        WeightTransfer transfer = new WeightTransfer(checkpoint);
        Misfits misfits = new Misfits();
        Set<String> rest = new LinkedHashSet<>(state.names());
        for (Layer layer : network.layers()) {
            boolean fits = misfits.check(layer, heads, state);
            for (TensorSpec tensor : layer.tensors()) {
                Optional<String> source = heads.source(tensor.name()).filter(state::contains);
                if (fits && source.isPresent()) {
                    transfer.taken.put(tensor.name(), source.get());
                } else if (!fits) {
                    transfer.initialised.add(tensor.name());
                }
                if (fits || !heads.isReplaceable(layer.name())) {
                    source.ifPresent(rest::remove);
                }
            }
        }
        rest.forEach(name -> (heads.isOfSourceHead(name) ? transfer.leftOut : misfits.surplus).add(name));
        misfits.requireNone(checkpoint);
        return transfer;
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
        return name -> read(name).orElseGet(() -> fresh.read(name));
    }

    /** {@return what was done, in lines for a person} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String all = isComplete() ? ", the whole network" : "";
        lines.add(String.format(Locale.ROOT, "taken from %s: %,d tensors%s", checkpoint.file(), taken.size(), all));
        if (!initialised.isEmpty()) {
            lines.add("newly initialised: " + byPart(initialised));
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
