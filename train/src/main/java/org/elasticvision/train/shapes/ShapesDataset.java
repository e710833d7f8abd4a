package org.elasticvision.train.shapes;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.draft.Drafts;
import org.elasticvision.runtime.io.draft.FileTree;
import org.elasticvision.runtime.model.Task;

/**
 * Writes drawn pictures in the layouts of all three tasks, of which one folder holds all:
 *
 * <ul>
 *   <li>{@code train/KIND/*.png} and {@code val/KIND/*.png}, after the kind of the largest shape;
 *   <li>{@code annotations/instances_train2014.json} with {@code train2014/*.png}, and the same for {@code val};
 *   <li>{@code VOC2012/JPEGImages/*.png}, {@code SegmentationClass/*.png}, {@code list/train_aug.txt}, {@code list/val.txt}
 *       and {@code labels.txt}.
 * </ul>
 *
 * <p>A picture is on the disk once, by hard links, where the file system knows them.
 */
public final class ShapesDataset {
    private static final String OPTIONS_FILE = "shapes.json";
    /** Changes when the same options would give other pictures. */
    private static final int VERSION = 3;

    private static final List<ShapeKind> KINDS = List.of(ShapeKind.values());

    private final Path folder;
    private final ShapesOptions options;

    private ShapesDataset(Path folder, ShapesOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** What {@value #OPTIONS_FILE} says. */
    private record Contents(int version, ShapesOptions options) {}

    /**
     * Draws a data set into a folder, which appears when all is there. One that was drawn before with the same options
     * stays.
     *
     * @param folder is made; may exist if it is empty or holds the same data set
     * @param options how it is done
     * @throws DatasetException if the folder holds anything else
     */
    public static void write(Path folder, ShapesOptions options) {
        Contents contents = new Contents(VERSION, options);
        if (holds(folder, contents)) {
            return;
        }
        Path target = folder.toAbsolutePath().normalize();
        Path draft = Drafts.beside(target);
        try {
            Files.createDirectories(draft);
            try {
                new ShapesDataset(draft, options).write();
                AtomicFile.write(
                        draft.resolve(OPTIONS_FILE),
                        out -> out.write((new Gson().toJson(contents) + "\n").getBytes(StandardCharsets.UTF_8)));
                Files.deleteIfExists(target); // it is empty
                Files.move(draft, target);
            } finally {
                FileTree.delete(draft);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(folder + ": cannot be written: " + e.getMessage() + "; write elsewhere", e);
        }
    }

    private static boolean holds(Path folder, Contents contents) {
        if (Files.notExists(folder)) {
            return false;
        }
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + ": is not a folder; give another name for the data set");
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isEmpty()) {
                return false;
            }
            Path file = folder.resolve(OPTIONS_FILE);
            if (Files.isRegularFile(file)
                    && contents.equals(new Gson().fromJson(Files.readString(file), Contents.class))) {
                return true;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(folder + ": cannot be read: " + e.getMessage(), e);
        } catch (JsonSyntaxException | IllegalArgumentException e) {
            throw new DatasetException(folder + ": its " + OPTIONS_FILE + " is damaged; delete the folder", e);
        }
        throw new DatasetException(folder
                + ": holds something else than the data set that is to be drawn; delete it or give another folder");
    }

    private void write() throws IOException {
        for (String name : List.of("annotations", "VOC2012/JPEGImages", "VOC2012/SegmentationClass", "VOC2012/list")) {
            Files.createDirectories(folder.resolve(name));
        }
        write(Split.TRAINING, options.training());
        write(Split.VALIDATION, options.validation());
        String labels = ShapeKind.labels(Task.SEGMENTATION).stream()
                .map(label -> label.name() + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("VOC2012/labels.txt"), labels);
    }

    private void write(Split split, int count) throws IOException {
        Files.createDirectories(folder.resolve(split.id() + "2014"));
        for (ShapeKind kind : ShapeKind.values()) {
            Files.createDirectories(folder.resolve(split.id()).resolve(kind.label()));
        }
        SceneArtist artist = new SceneArtist(options.size());
        List<CocoFile.Entry> entries = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    Scene scene = artist.draw(kind(i), seed(split, i));
                    String name = String.format(Locale.ROOT, "%s_%06d.png", split.id(), i + 1);
                    write(scene, split, name);
                    return new CocoFile.Entry(name, scene.shapes());
                })
                .toList();
        CocoFile.write(folder.resolve("annotations/instances_" + split.id() + "2014.json"), entries, options.size());
        StringBuilder list = new StringBuilder();
        for (CocoFile.Entry entry : entries) {
            list.append("/JPEGImages/").append(entry.file());
            list.append(" /SegmentationClass/").append(entry.file()).append('\n');
        }
        String listName = split == Split.TRAINING ? "train_aug.txt" : "val.txt";
        AtomicFile.write(
                folder.resolve("VOC2012/list").resolve(listName),
                out -> out.write(list.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private void write(Scene scene, Split split, String name) {
        Path picture = folder.resolve("VOC2012/JPEGImages").resolve(name);
        // The folder appears whole or not at all, so that its files need not, which takes four times as long.
        save(PngFiles.encode(scene.picture()), picture);
        save(
                PngFiles.encode(scene.mask(), PascalColors.palette()),
                folder.resolve("VOC2012/SegmentationClass").resolve(name));
        String kind = scene.largest().kind().label();
        link(picture, folder.resolve(split.id()).resolve(kind).resolve(name));
        link(picture, folder.resolve(split.id() + "2014").resolve(name));
    }

    /** All kinds in turn: as many pictures of each. */
    private static ShapeKind kind(int index) {
        return KINDS.get(index % KINDS.size());
    }

    /** Of neighbours far apart: the finaliser of SplitMix64. */
    private long seed(Split split, int index) {
        long z = options.seed() * 0x9E3779B97F4A7C15L
                + (2L * index + (split == Split.TRAINING ? 1 : 2)) * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static void save(byte[] png, Path file) {
        try {
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path file, Path name) {
        try {
            try {
                Files.createLink(name, file);
            } catch (UnsupportedOperationException | IOException e) { // a file system without hard links
                Files.copy(file, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
