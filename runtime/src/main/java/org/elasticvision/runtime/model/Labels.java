package org.elasticvision.runtime.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.TextFiles;

/** Lists of labels in class order, and the text form in which they travel: a line per class, {@code id TAB name} or {@code name}. */
public final class Labels {
    private static final long MAX_BYTES = 16 << 20;
    private static final String REMEDY = "give a text file with one label a line";

    private Labels() {}

    /** {@return the 1,000 ImageNet classes (ILSVRC 2012), ids are WordNet ids} */
    public static List<Label> imagenet1k() {
        return resource("imagenet1k.tsv");
    }

    /** {@return the 80 MSCOCO categories in the order of their category ids, which are not consecutive} */
    public static List<Label> coco80() {
        return resource("coco80.tsv");
    }

    /** {@return the background and the 20 PASCAL VOC classes} */
    public static List<Label> pascalVoc21() {
        return resource("voc21.tsv");
    }

    /**
     * {@return placeholders for a network whose classes nobody named: {@code class 0}, {@code class 1}, …}
     *
     * @param classes how many classes there are
     */
    public static List<Label> numbered(int classes) {
        return IntStream.range(0, classes)
                .mapToObj(i -> new Label(Integer.toString(i), "class " + i))
                .toList();
    }

    /**
     * Reads labels from a text file: a label a line, {@code id TAB name} or {@code name}, also numbered lines ({@code 0:
     * ant}), ImageNet's {@code n01440764 tench, Tinca tinca}, and JSON: a list, or names by number as {@code
     * imagenet_class_index.json} has them. A byte order mark and empty lines at the end do not matter.
     *
     * @param file the file
     * @return in class order
     * @throws ElasticVisionException where the file is missing, too large, not text, or has a line without a label
     */
    public static List<Label> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new ElasticVisionException(file + ": a folder; " + REMEDY);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ElasticVisionException(file + ": too large for a list of labels; " + REMEDY);
            }
            return parseAny(TextFiles.read(file));
        } catch (NoSuchFileException e) {
            throw new ElasticVisionException(file + " does not exist; " + REMEDY, e);
        } catch (CharacterCodingException e) {
            throw new ElasticVisionException(file + ": not UTF-8 text; " + REMEDY, e);
        } catch (IOException e) {
            throw new ElasticVisionException(file + ": cannot be read (" + e.getMessage() + "); " + REMEDY, e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ElasticVisionException(file + ": " + e.getMessage() + "; " + REMEDY, e);
        }
    }

    private static List<Label> parseAny(String text) {
        String whole = text.stripTrailing();
        if (whole.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        List<Label> labels = LabelLists.parse(whole);
        return labels.isEmpty() ? parse(whole) : labels;
    }

    /**
     * Parses the text form.
     *
     * @param text as {@link #format} writes it
     * @return in class order
     * @throws IllegalArgumentException naming the line that is not a label
     */
    public static List<Label> parse(String text) {
        List<Label> labels = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int tab = line.indexOf('\t');
            String id = tab < 0 ? line.strip() : line.substring(0, tab);
            String name = tab < 0 ? id : line.substring(tab + 1);
            try {
                labels.add(new Label(id, name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "line " + (labels.size() + 1) + " is not a label: " + e.getMessage(), e);
            }
        }
        return List.copyOf(labels);
    }

    /**
     * Writes the text form.
     *
     * @param labels in class order
     * @return a line for each class
     */
    public static String format(List<Label> labels) {
        return labels.stream().map(label -> label.id() + "\t" + label.name()).collect(Collectors.joining("\n"));
    }

    private static List<Label> resource(String name) {
        try (InputStream in = Labels.class.getResourceAsStream("/org/elasticvision/runtime/labels/" + name)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
