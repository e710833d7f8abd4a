package org.elasticvision.convert.checkpoint;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;

/**
 * Named tensors, as a network's, in the order of the file; and the names of the entries beside them that are not
 * tensors,
 * which some tools leave there. Immutable and thread-safe.
 */
public final class StateDict implements Iterable<CheckpointTensor> {
    private static final String PARALLEL_PREFIX = "module.";

    private final CheckpointFile file;
    private final Map<String, CheckpointTensor> tensors;
    private final Map<String, Object> others;

    private StateDict(CheckpointFile file, Map<String, CheckpointTensor> tensors, Map<String, Object> others) {
        this.file = file;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.others = Collections.unmodifiableMap(others);
    }

    static StateDict of(CheckpointFile file, Map<?, ?> entries) {
        Map<String, CheckpointTensor> tensors = new LinkedHashMap<>();
        Map<String, Object> others = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (key instanceof String name && value instanceof CheckpointTensor tensor) {
                tensors.put(name, tensor.withName(name));
            } else {
                others.put(String.valueOf(key), value);
            }
        });
        return new StateDict(file, tensors, others);
    }

    /** Itself, if it is nothing but tensors, and what may be beside them. */
    StateDict requireTensors(Set<String> beside) {
        others.forEach((name, value) -> {
            if (value instanceof Placeholder) {
                throw unread(name);
            }
            if (!beside.contains(name)) {
                throw file.problem("entry '" + name + "' of its state dict is not a tensor with a name;"
                        + " save it again with torch.save(model.state_dict(), …)");
            }
        });
        return this;
    }

    private CheckpointException unread(String name) {
        return file.problem(
                "entry '" + name + "' of its state dict is " + ((Placeholder) others.get(name)).description());
    }

    /** The same without the prefix {@code module.}, where all names have it, as after training in {@code DataParallel}. */
    public StateDict withoutParallelPrefix() {
        if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL_PREFIX))) {
            return this;
        }
        Map<String, CheckpointTensor> bare = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> bare.put(name.substring(PARALLEL_PREFIX.length()), tensor));
        return with(bare);
    }

    /**
     * {@return those under a prefix, without it}
     *
     * @param prefix what their names begin with
     */
    public StateDict under(String prefix) {
        Map<String, CheckpointTensor> tensorsUnder = new LinkedHashMap<>();
        Map<String, Object> othersUnder = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                String bare = name.substring(prefix.length());
                tensorsUnder.put(bare, tensor.withName(bare));
            }
        });
        others.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                othersUnder.put(name.substring(prefix.length()), value);
            }
        });
        return new StateDict(file, tensorsUnder, othersUnder);
    }

    /**
     * {@return other tensors of the same file under names of their own}
     *
     * @param named by their new names
     */
    public StateDict with(Map<String, CheckpointTensor> named) {
        Map<String, CheckpointTensor> renamed = new LinkedHashMap<>();
        named.forEach((name, tensor) -> renamed.put(name, tensor.withName(name)));
        return new StateDict(file, renamed, others);
    }

    /** {@return the names of the tensors, in the order of the file} */
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /** {@return what is beside the tensors and is none, by name: values like those of {@link Checkpoint#root}} */
    public Map<String, Object> others() {
        return others;
    }

    /**
     * Refuses the first of some tensors that is there, but is of a kind that is not read.
     *
     * @param names of tensors that somebody misses
     * @throws CheckpointException naming it and saying what it is
     */
    public void requireRead(List<String> names) {
        names.stream()
                .filter(name -> others.get(name) instanceof Placeholder)
                .findFirst()
                .ifPresent(name -> {
                    throw unread(name);
                });
    }

    /**
     * {@return whether there is a tensor of that name}
     *
     * @param name as in the state dict
     */
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /**
     * {@return the tensor of this name}
     *
     * @param name its name
     * @throws CheckpointException if there is none, or it is of a kind that is not read; it names the file and the tensor
     */
    public CheckpointTensor get(String name) {
        CheckpointTensor tensor = tensors.get(name);
        if (tensor == null && others.get(name) instanceof Placeholder) {
            throw unread(name);
        }
        if (tensor == null) {
            throw file.problem("has no tensor '" + name + "'");
        }
        return tensor;
    }

    /** {@return the number of tensors} */
    public int size() {
        return tensors.size();
    }

    @Override
    public Iterator<CheckpointTensor> iterator() {
        return tensors.values().iterator();
    }
}
