package org.elasticvision.convert.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file that PyTorch's {@code torch.save} wrote, in the form of before or since PyTorch 1.6: what a training run
 * saved, or a state dict alone; or a safetensors file.
 *
 * <pre>{@code
 * try (Checkpoint checkpoint = Checkpoint.open(Path.of("resnext50_elastic.pth.tar"))) {
 *     for (CheckpointTensor tensor : checkpoint.stateDict()) {
 *         System.out.println(tensor.name() + " " + tensor.shape() + " " + tensor.dtype());
 *     }
 *     float[] bias = checkpoint.stateDict().get("fc.bias").toFloats();
 * }
 * }</pre>
 *
 * <p>Opening reads names, shapes and plain values; a tensor's values are read from the file when they are asked for.
 * Nothing in the file is run. Thread-safe; {@link #close} when no tensor is needed any more.
 */
public final class Checkpoint implements AutoCloseable {
    private static final String STATE_DICT = "state_dict";
    private static final String ARCHITECTURE = "arch";
    private static final String METADATA = SafetensorsFormat.METADATA;

    private final CheckpointFile file;
    private final Map<String, Object> root;
    private String sha256;

    private Checkpoint(CheckpointFile file, Map<String, Object> root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Opens a checkpoint.
     *
     * @param path the file
     * @return the open checkpoint
     * @throws CheckpointException if the file is missing, damaged, of another kind, or refers to Python code
     */
    public static Checkpoint open(Path path) {
        CheckpointFile file = CheckpointFile.open(path);
        try {
            Contents contents =
                    switch (FileKind.of(file)) {
                        case LEGACY -> LegacyFormat.read(file);
                        case ZIP -> ZipFormat.read(file);
                        case SAFETENSORS -> SafetensorsFormat.read(file);
                    };
            return new Checkpoint(file, root(PlainValues.of(file, contents)));
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** {@return the file that it was opened from} */
    public Path file() {
        return file.path();
    }

    /**
     * {@return the network's tensors: the entry {@code state_dict}, or the file itself where it is nothing but named
     * tensors} The prefix {@code module.} of {@code DataParallel} is taken off.
     *
     * @throws CheckpointException if it has neither
     */
    public StateDict stateDict() {
        if (root.get(STATE_DICT) instanceof Map<?, ?> entries) {
            StateDict state = StateDict.of(file, entries);
            if (state.size() == 0 && !state.others().isEmpty()) {
                throw file.problem("entry '" + state.others().keySet().iterator().next()
                        + "' of its state dict is not a tensor with a name; save it again with"
                        + " torch.save(model.state_dict(), …)");
            }
            return state.withoutParallelPrefix();
        }
        StateDict whole = StateDict.of(file, root);
        if (whole.size() > 0 && whole.others().keySet().stream().allMatch(METADATA::equals)) {
            return whole.withoutParallelPrefix();
        }
        throw file.problem("has no state dict: neither an entry 'state_dict' nor only named tensors, but "
                + (root.isEmpty()
                        ? "no dictionary"
                        : root.keySet().stream().limit(10).toList())
                + "; save it with torch.save({'state_dict': model.state_dict()}, …)");
    }

    /**
     * {@return every dictionary in the file that holds named tensors, by the path to it: its keys joined with dots, empty
     * for the file itself} Names are as in the file, with whatever prefixes they have.
     */
    public Map<String, StateDict> entries() {
        return Collections.unmodifiableMap(Entries.of(file, root));
    }

    /**
     * {@return the name that the training script gave the network, the entry {@code arch}, in a safetensors file of its
     * metadata}
     */
    public Optional<String> architecture() {
        Object name = root.containsKey(ARCHITECTURE) ? root.get(ARCHITECTURE) : metadata().get(ARCHITECTURE);
        return name instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** {@return the texts that a safetensors file has beside its tensors; empty for other files} */
    public Map<String, String> metadata() {
        Map<String, String> texts = new LinkedHashMap<>();
        if (root.get(METADATA) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key instanceof String name && value instanceof String text) {
                    texts.put(name, text);
                }
            });
        }
        return texts;
    }

    /**
     * {@return everything in the file, unmodifiable: Long (BigInteger beyond 64 bits), Double, String, Boolean, null,
     * byte[], List (also for tuples and sets), Map and {@link CheckpointTensor}} Empty if the file is not a dictionary.
     * The keys of maps further in may be numbers.
     */
    public Map<String, Object> root() {
        return root;
    }

    /** {@return SHA-256 of the whole file in lower-case hexadecimal, computed at the first call} */
    public synchronized String sha256() {
        if (sha256 == null) {
            sha256 = file.sha256();
        }
        return sha256;
    }

    /** Closes the file; its tensors can't be read any more. */
    @Override
    public void close() {
        file.close();
    }

    private static Map<String, Object> root(Object value) {
        Map<String, Object> root = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> root.put((String) key, entry));
        }
        return Collections.unmodifiableMap(root);
    }
}
