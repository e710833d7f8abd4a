package org.elasticvision.convert.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file that PyTorch's {@code torch.save} wrote, in the form of before or since PyTorch 1.6: what a training run
 * saved, or a state dict alone.
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
     * tensors}
     *
     * @throws CheckpointException if it has neither
     */
    public StateDict stateDict() {
        if (root.get(STATE_DICT) instanceof Map<?, ?> entries) {
            return StateDict.of(file, entries);
        }
        if (!root.isEmpty() && root.values().stream().allMatch(CheckpointTensor.class::isInstance)) {
            return StateDict.of(file, root);
        }
        throw file.problem("has no state dict: neither an entry 'state_dict' nor only named tensors, but "
                + (root.isEmpty()
                        ? "no dictionary"
                        : root.keySet().stream().limit(10).toList())
                + "; save it with torch.save({'state_dict': model.state_dict()}, …)");
    }

    /** {@return the name that the training script gave the network, the entry {@code arch}} */
    public Optional<String> architecture() {
        return root.get(ARCHITECTURE) instanceof String name ? Optional.of(name) : Optional.empty();
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
