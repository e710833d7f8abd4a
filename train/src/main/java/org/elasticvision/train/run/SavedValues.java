package org.elasticvision.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.CheckpointException;

/**
 * Plain values read from a checkpoint, which the user or another program may have changed.
 *
 * @param file that they are from
 * @param values by name
 */
record SavedValues(Path file, Map<?, ?> values) {
    long integer(String key) {
        return value(key, Long.class);
    }

    double real(String key) {
        return value(key, Double.class);
    }

    SavedValues map(String key) {
        return new SavedValues(file, value(key, Map.class));
    }

    List<String> texts(String key) {
        List<?> list = value(key, List.class);
        if (!list.stream().allMatch(String.class::isInstance)) {
            throw broken(key);
        }
        return list.stream().map(String.class::cast).toList();
    }

    private <T> T value(String key, Class<T> type) {
        if (!type.isInstance(values.get(key))) {
            throw broken(key);
        }
        return type.cast(values.get(key));
    }

    private CheckpointException broken(String key) {
        return new CheckpointException(
                file,
                "cannot be resumed: '" + key + "' of its training state is missing or of the wrong kind;"
                        + " start a new run from its weights with --init-from");
    }
}
