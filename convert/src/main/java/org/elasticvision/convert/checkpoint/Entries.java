package org.elasticvision.convert.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the dictionaries of a checkpoint that hold named tensors, wherever they are in it. */
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
        if (depth < MAX_DEPTH) {
            map.forEach((key, value) -> {
                // Numbers are the optimiser's: they name no weights.
                if (key instanceof String name && value instanceof Map<?, ?> inner) {
                    look(inner, path.isEmpty() ? name : path + "." + name, depth + 1);
                }
            });
        }
    }
}
