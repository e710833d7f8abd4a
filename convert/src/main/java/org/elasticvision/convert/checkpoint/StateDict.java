package org.elasticvision.convert.checkpoint;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named tensors of a network, in the order of the file. Thread-safe.
 *
 * <p>Networks that were trained in {@code DataParallel} save every name with a prefix {@code module.}; it is taken off.
 */
public final class StateDict implements Iterable<CheckpointTensor> {
    private static final String PARALLEL_PREFIX = "module.";

    private final CheckpointFile file;
    private final Map<String, CheckpointTensor> tensors;

    private StateDict(CheckpointFile file, Map<String, CheckpointTensor> tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    static StateDict of(CheckpointFile file, Map<?, ?> entries) {
        boolean parallel = entries.keySet().stream()
                .allMatch(key -> key instanceof String name && name.startsWith(PARALLEL_PREFIX));
        Map<String, CheckpointTensor> tensors = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (value instanceof Placeholder object) {
                throw file.problem("entry '" + key + "' of its state dict is " + object.description());
            }
            if (!(key instanceof String name) || !(value instanceof CheckpointTensor tensor)) {
                throw file.problem("entry '" + key + "' of its state dict is not a tensor with a name;"
                        + " save it again with torch.save(model.state_dict(), …)");
            }
            String bare = parallel ? name.substring(PARALLEL_PREFIX.length()) : name;
            tensors.put(bare, tensor.withName(bare));
        });
        return new StateDict(file, tensors);
    }

    /** {@return the names of the tensors, in the order of the file} */
    public List<String> names() {
        return List.copyOf(tensors.keySet());
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
     * @throws CheckpointException if there is none; it names the file and the tensor
     */
    public CheckpointTensor get(String name) {
        CheckpointTensor tensor = tensors.get(name);
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
        return List.copyOf(tensors.values()).iterator();
    }
}
