package org.elasticvision.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.model.Interpolation;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;

/**
 * What a checkpoint that ElasticVision trained says of its model, in an entry {@value #KEY} of plain Python values beside the
 * published ones. PyTorch and the published scripts pass over it.
 *
 * @param labels one per class, in class order
 * @param preprocessing of the evaluation, with the input size
 * @param toolVersion that trained it
 */
public record ModelEntry(Task task, List<Label> labels, Preprocessing preprocessing, String toolVersion) {
    /** The key of the entry in the checkpoint. */
    public static final String KEY = "elasticvision";

    private static final String EXIF = "exif";

    public ModelEntry {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels are empty, there must be one for each class");
        }
    }

    /**
     * {@return an entry of this version of ElasticVision}
     *
     * @param task what the network is for
     * @param labels in class order
     * @param preprocessing from an image to the input of the network
     */
    public static ModelEntry of(Task task, List<Label> labels, Preprocessing preprocessing) {
        return new ModelEntry(task, labels, preprocessing, Version.current());
    }

    /**
     * Reads the entry of a checkpoint; empty where it has none, as a released one.
     *
     * @param checkpoint an open checkpoint
     * @return the entry
     * @throws CheckpointException if there is one that cannot be understood
     */
    public static Optional<ModelEntry> of(Checkpoint checkpoint) {
        String text = checkpoint.metadata().get(KEY);
        if (text == null && !checkpoint.root().containsKey(KEY)) {
            return Optional.empty();
        }
        try {
            Object values = text == null ? checkpoint.root().get(KEY) : ModelEntryText.values(text);
            return Optional.of(read(new Values("", values)));
        } catch (IllegalArgumentException | ElasticVisionException e) {
            throw new CheckpointException(
                    checkpoint.file(),
                    "its entry '" + KEY + "' cannot be understood (" + e.getMessage()
                            + "); the file is damaged or of another version of ElasticVision: use the one that wrote it",
                    e);
        }
    }

    /** {@return the entry as plain values, a new map, to which more may be added} */
    public Map<String, Object> toValues() {
        Map<String, Object> fit = new LinkedHashMap<>();
        fit.put("fit", word(preprocessing.fit()));
        fit.put("resize", preprocessing.resize());
        fit.put("height", preprocessing.height());
        fit.put("width", preprocessing.width());
        fit.put("interpolation", word(preprocessing.interpolation()));
        fit.put("mean", doubles(preprocessing.mean()));
        fit.put("std", doubles(preprocessing.std()));
        if (preprocessing.view() != View.UNSTATED) {
            fit.put(EXIF, preprocessing.view().id());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("version", toolVersion);
        values.put("task", task.id());
        values.put(
                "labels",
                labels.stream().map(label -> List.of(label.id(), label.name())).toList());
        values.put("preprocessing", fit);
        return values;
    }

    private static ModelEntry read(Values entry) {
        Values fit = new Values("preprocessing", entry.get("preprocessing", Object.class));
        Preprocessing preprocessing = new Preprocessing(
                fit.word("fit", Preprocessing.Fit.class),
                fit.integer("resize"),
                fit.integer("height"),
                fit.integer("width"),
                fit.word("interpolation", Interpolation.class),
                fit.floats("mean"),
                fit.floats("std"),
                fit.has(EXIF) ? View.of(fit.get(EXIF, String.class)) : View.UNSTATED);
        List<Label> labels =
                entry.list("labels").stream().map(ModelEntry::label).toList();
        return new ModelEntry(
                Task.of(entry.get("task", String.class)), labels, preprocessing, entry.get("version", String.class));
    }

    private static Label label(Object value) {
        if (value instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof String id
                && pair.get(1) instanceof String name) {
            return new Label(id, name);
        }
        throw new IllegalArgumentException("a label is not a pair of texts");
    }

    /** A float's own decimal digits, for readers of the file; it parses to the same float. */
    private static List<Double> doubles(List<Float> values) {
        return values.stream()
                .map(value -> Double.parseDouble(Float.toString(value)))
                .toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The values of a dictionary, which may be anything. */
    private record Values(String path, Object map) {
        <T> T get(String key, Class<T> type) {
            Object value = map instanceof Map<?, ?> values ? values.get(key) : null;
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException(
                        "'" + (path.isEmpty() ? key : path + "." + key) + "' is missing or of the wrong kind");
            }
            return type.cast(value);
        }

        boolean has(String key) {
            return map instanceof Map<?, ?> values && values.containsKey(key);
        }

        List<?> list(String key) {
            return get(key, List.class);
        }

        int integer(String key) {
            try {
                return Math.toIntExact(get(key, Long.class));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("'" + path + "." + key + "' is out of range", e);
            }
        }

        <E extends Enum<E>> E word(String key, Class<E> type) {
            return Enum.valueOf(
                    type, get(key, String.class).toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        List<Float> floats(String key) {
            return list(key).stream().map(this::number).toList();
        }

        private Float number(Object value) {
            if (value instanceof Number number) {
                return number.floatValue();
            }
            throw new IllegalArgumentException("'" + path + "' has a value that is not a number");
        }
    }
}
