package org.elasticvision.convert.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;

/** Finds what holds named tensors in a checkpoint, dictionaries and whole networks, wherever they are in it. */
final class Entries {
    private static final int MAX_DEPTH = 6;

    private final CheckpointFile file;
    private final Map<String, StateDict> found = new LinkedHashMap<>();

    private Entries(CheckpointFile file) {
        this.file = file;
    }

    /** By the path to them, the keys joined with dots; empty for the root itself. */
    static Map<String, StateDict> of(CheckpointFile file, Map<String, Object> root) {
        Entries entries = new Entries(file);
        entries.look(root, "", 0);
        return entries.found;
    }

    private void look(Map<?, ?> map, String path, int depth) {
        if (map.entrySet().stream()
                .anyMatch(entry -> entry.getKey() instanceof String && entry.getValue() instanceof CheckpointTensor)) {
            found.put(path, StateDict.of(file, map));
        }
        map.forEach((key, value) -> {
            // Numbers are the optimiser's: they name no weights.
            if (depth < MAX_DEPTH && key instanceof String name) {
                String inner = path.isEmpty() ? name : path + "." + name;
                if (value instanceof Map<?, ?> entries) {
                    look(entries, inner, depth + 1);
                } else if (value instanceof Placeholder object) {
                    object.moduleState().ifPresent(module -> found.put(inner, StateDict.of(file, module)));
                }
            }
        });
    }
}
