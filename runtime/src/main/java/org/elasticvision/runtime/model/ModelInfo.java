package org.elasticvision.runtime.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ModelException;

/**
 * What a model file carries so that nobody types a mean or an image size by hand: the metadata entries of an ONNX file.
 *
 * @param architecture name in the zoo, such as {@code resnext50_elastic}
 * @param task what it answers
 * @param labels one per class, in class order
 * @param preprocessing how an image becomes its input
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param checkpointSha256 of the file that the weights came from, in hexadecimal
 * @param toolVersion of the converter
 */
public record ModelInfo(
        String architecture,
        Task task,
        List<Label> labels,
        Preprocessing preprocessing,
        String precision,
        String checkpointSha256,
        String toolVersion) {

    /** What the names of all entries begin with. */
    public static final String PREFIX = "elastic.";

    /** The entry that marks a part of a model, by what the part computes; no such file is a model of images. */
    public static final String PART = PREFIX + "part";

    private static final String EXIF = PREFIX + "preprocessing.exif";

    public ModelInfo {
        labels = List.copyOf(labels);
    }

    /**
     * {@return the same model with another preprocessing}
     *
     * @param other in place of the present one
     */
    public ModelInfo withPreprocessing(Preprocessing other) {
        return new ModelInfo(architecture, task, labels, other, precision, checkpointSha256, toolVersion);
    }

    /**
     * {@return the same model in another precision}
     *
     * @param other in place of the present one
     */
    public ModelInfo withPrecision(String other) {
        return new ModelInfo(architecture, task, labels, preprocessing, other, checkpointSha256, toolVersion);
    }

    /** {@return the entries to write into a model file, in a fixed order} */
    public Map<String, String> toMetadata() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(PREFIX + "architecture", architecture);
        entries.put(PREFIX + "task", task.id());
        entries.put(PREFIX + "labels", Labels.format(labels));
        entries.put(PREFIX + "preprocessing.fit", word(preprocessing.fit()));
        entries.put(PREFIX + "preprocessing.resize", Integer.toString(preprocessing.resize()));
        entries.put(PREFIX + "preprocessing.height", Integer.toString(preprocessing.height()));
        entries.put(PREFIX + "preprocessing.width", Integer.toString(preprocessing.width()));
        entries.put(PREFIX + "preprocessing.interpolation", word(preprocessing.interpolation()));
        entries.put(PREFIX + "preprocessing.mean", floats(preprocessing.mean()));
        entries.put(PREFIX + "preprocessing.std", floats(preprocessing.std()));
        if (preprocessing.view() != View.UNSTATED) {
            entries.put(EXIF, preprocessing.view().id());
        }
        entries.put(PREFIX + "precision", precision);
        entries.put(PREFIX + "checkpoint.sha256", checkpointSha256);
        entries.put(PREFIX + "tool.version", toolVersion);
        entries.replaceAll((key, value) -> MetadataText.escape(value));
        return entries;
    }

    /**
     * Reads the entries back.
     *
     * @param file named in messages
     * @param entries by their names
     * @return what they say
     * @throws ModelException where an entry is missing or unreadable, or says that the file is a part of a model
     */
    public static ModelInfo fromMetadata(String file, Map<String, String> entries) {
        if (entries.containsKey(PART)) {
            throw new ModelException(file + " is a part of a model, cut out by 'elastic extract' up to '"
                    + entries.get(PART) + "', and answers no image; 'elastic inspect --layers' shows it, and"
                    + " 'elastic verify --tensor' compares it");
        }
        Reader reader = new Reader(file, entries);
        Preprocessing preprocessing = reader.check(() -> new Preprocessing(
                reader.get("preprocessing.fit", Preprocessing.Fit.class),
                reader.get("preprocessing.resize", Integer::parseInt),
                reader.get("preprocessing.height", Integer::parseInt),
                reader.get("preprocessing.width", Integer::parseInt),
                reader.get("preprocessing.interpolation", Interpolation.class),
                reader.get("preprocessing.mean", ModelInfo::parseFloats),
                reader.get("preprocessing.std", ModelInfo::parseFloats),
                entries.containsKey(EXIF) ? reader.get(EXIF.substring(PREFIX.length()), View::of) : View.UNSTATED));
        return new ModelInfo(
                reader.get("architecture", ModelInfo::parseLine),
                reader.get("task", Task::of),
                reader.get("labels", Labels::parse),
                preprocessing,
                reader.get("precision", ModelInfo::parseLine),
                reader.get("checkpoint.sha256", ModelInfo::parseLine),
                reader.get("tool.version", ModelInfo::parseLine));
    }

    /**
     * {@return what the entries say of the precision; empty where they are not of a model of this library}
     *
     * @param entries of a model file
     */
    public static Optional<String> precision(Map<String, String> entries) {
        return Optional.ofNullable(entries.get(PREFIX + "precision"));
    }

    /**
     * {@return what the entries say of the architecture; empty where they are not of a model of this library}
     *
     * @param entries of a model file
     */
    public static Optional<String> architecture(Map<String, String> entries) {
        return Optional.ofNullable(entries.get(PREFIX + "architecture"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String floats(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Refuses what would look like other entries where entries are printed. */
    private static String parseLine(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("it has control characters");
        }
        return text;
    }

    private static List<Float> parseFloats(String text) {
        return Arrays.stream(text.split(" ")).map(Float::valueOf).toList();
    }

    private record Reader(String file, Map<String, String> entries) {
        <T> T get(String key, Function<String, T> parser) {
            String value = entries.get(PREFIX + key);
            if (value == null) {
                throw new ModelException(file + " has no metadata entry '" + PREFIX + key
                        + "': it was not written by 'elastic convert'; convert the checkpoint again");
            }
            try {
                return parser.apply(MetadataText.unescape(value));
            } catch (RuntimeException e) {
                throw new ModelException(
                        file + ": metadata entry '" + PREFIX + key + "' cannot be read ("
                                + e.getMessage().replaceAll("\\s+", " ") + "); convert the checkpoint again",
                        e);
            }
        }

        <E extends Enum<E>> E get(String key, Class<E> type) {
            return get(
                    key,
                    text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
        }

        <T> T check(Supplier<T> part) {
            try {
                return part.get();
            } catch (IllegalArgumentException e) {
                throw new ModelException(
                        file + ": the preprocessing in its metadata is impossible: " + e.getMessage(), e);
            }
        }
    }
}
