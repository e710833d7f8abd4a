package org.elasticvision.train.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;

/**
 * Plain values read from a checkpoint, which the user or another program may have changed. Each getter throws a {@link
 * CheckpointException} where the value is missing or of another kind.
 *
 * @param file that they are from
 * @param values by name
 */
public record SavedValues(Path file, Map<?, ?> values) {
    /**
     * {@return what the trainer has kept in a checkpoint}
     *
     * @param checkpoint an open one
     */
    public static SavedValues of(TrainingCheckpoint checkpoint) {
        return new SavedValues(checkpoint.file(), checkpoint.summary().training());
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public long integer(String key) {
        return value(key, Long.class);
    }

    public int count(String key) {
        long value = integer(key);
        if (value != (int) value) {
            throw broken(key);
        }
        return (int) value;
    }

    public double real(String key) {
        return value(key, Double.class);
    }

    public boolean truth(String key) {
        return value(key, Boolean.class);
    }

    public String text(String key) {
        return value(key, String.class);
    }

    public Path path(String key) {
        return Path.of(text(key));
    }

    public <E extends Enum<E>> E word(String key, Class<E> type) {
        try {
            return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw broken(key);
        }
    }

    public SavedValues map(String key) {
        return new SavedValues(file, value(key, Map.class));
    }

    public List<String> texts(String key) {
        return list(key, String.class);
    }

    public <T> List<T> list(String key, Class<T> type) {
        List<?> list = value(key, List.class);
        if (!list.stream().allMatch(type::isInstance)) {
            throw broken(key);
        }
        return list.stream().map(type::cast).toList();
    }

    public OptionalInt countIfAny(String key) {
        return has(key) ? OptionalInt.of(count(key)) : OptionalInt.empty();
    }

    public Optional<Path> pathIfAny(String key) {
        return has(key) ? Optional.of(path(key)) : Optional.empty();
    }

    public Optional<String> textIfAny(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
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
