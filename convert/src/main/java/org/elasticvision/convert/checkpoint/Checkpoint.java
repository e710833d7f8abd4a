package org.elasticvision.convert.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.file.FileKind;
import org.elasticvision.convert.checkpoint.safetensors.SafetensorsFormat;
import org.elasticvision.convert.checkpoint.tensor.Contents;

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
    private final Object value;
    private final Map<String, Object> root;
    private String sha256;

    private Checkpoint(CheckpointFile file, Object value) {
        this.file = file;
        this.value = value;
        this.root = root(value);
    }

    /**
     * Opens a checkpoint.
     *
     * @param path the file
     * @return the open checkpoint
     * @throws CheckpointException if the file is missing, damaged, of another kind, or made to do harm
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
            return new Checkpoint(file, new PlainValues(file, contents).root());
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
        Object entry = root.get(STATE_DICT) instanceof Placeholder network
                ? network.moduleState().orElse(null)
                : root.get(STATE_DICT);
        if (entry instanceof Map<?, ?> entries) {
            return StateDict.of(file, entries).requireTensors(Set.of()).withoutParallelPrefix();
        }
        if (!root.isEmpty()
                && (value instanceof Placeholder
                        || root.entrySet().stream()
                                .allMatch(item -> isTensor(item.getValue())
                                        || item.getKey().equals(METADATA)))) {
            return StateDict.of(file, root).requireTensors(Set.of(METADATA)).withoutParallelPrefix();
        }
        throw file.problem("has no state dict: " + OtherContents.describe(value, root)
                + "; save it with torch.save({'state_dict': model.state_dict()}, …)");
    }

    /**
     * {@return every dictionary in the file that holds named tensors, and every network that was saved whole, by the path
     * to it: its keys joined with dots, empty for the file itself} Names are as in the file, with whatever prefixes they have.
     */
    public Map<String, StateDict> entries() {
        return Collections.unmodifiableMap(Entries.of(file, root));
    }

    /**
     * {@return the name that the training script gave the network, the entry {@code arch}, in a safetensors file of its
     * metadata}
     */
    public Optional<String> architecture() {
        Object name = root.containsKey(ARCHITECTURE)
                ? root.get(ARCHITECTURE)
                : metadata().get(ARCHITECTURE);
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
     * byte[], List (also for tuples and sets), Map, {@link CheckpointTensor}, and a {@link Placeholder} for anything
     * else} Empty if the file is not a dictionary; the state dict if it is a network that was saved whole. The keys of
     * maps further in may be numbers or placeholders.
     */
    public Map<String, Object> root() {
        return root;
    }

    /**
     * {@return the value that was saved, of the kinds that {@link #root} has: mostly a Map, but also a Placeholder for a
     * network that was saved whole, a CheckpointTensor, or a List}
     */
    public Object value() {
        return value;
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

    /** Or would be one if it were read. */
    private static boolean isTensor(Object value) {
        return value instanceof CheckpointTensor || (value instanceof Placeholder object && object.isTensor());
    }

    private static Map<String, Object> root(Object value) {
        Map<String, Object> root = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> root.put((String) key, entry));
        } else if (value instanceof Placeholder object) {
            object.moduleState().ifPresent(root::putAll);
        }
        return Collections.unmodifiableMap(root);
    }
}
