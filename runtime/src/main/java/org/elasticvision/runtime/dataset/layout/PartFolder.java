package org.elasticvision.runtime.dataset.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.io.FolderSearch;

/** The folders {@code train} and {@code val} of a data set, under the names that people give them, in any case. */
public final class PartFolder {
    private static final Set<String> OTHERS = Set.of(
            "test", "testing", "images", "labels", "annotations", "train2014", "train2017", "val2014", "val2017");

    private PartFolder() {}

    private static List<String> names(Split split) {
        return switch (split) {
            case TRAINING -> List.of("train", "training");
            case VALIDATION -> List.of("val", "valid", "validation");
        };
    }

    /**
     * The folder of a part, if there is one.
     *
     * @param kind what it must hold to be one: a class may be called "valid" too
     * @throws DatasetException if there are several
     */
    public static Optional<Path> find(Path data, Split split, Predicate<Path> kind) {
        List<Path> found = folders(data).stream()
                .filter(folder -> names(split).contains(name(folder).toLowerCase(Locale.ROOT)))
                .filter(kind)
                .toList();
        if (found.size() > 1) {
            throw new DatasetException(data + ": has '" + name(found.get(0)) + "' and '" + name(found.get(1))
                    + "', which both may be the " + images(split) + "; rename one");
        }
        return found.stream().findFirst();
    }

    private static String images(Split split) {
        return switch (split) {
            case TRAINING -> "training images";
            case VALIDATION -> "validation images";
        };
    }

    /** Whether it is called as the part to train on or the one to validate on is. */
    static boolean isPart(Path folder) {
        String name = name(folder).toLowerCase(Locale.ROOT);
        return Stream.of(Split.values()).anyMatch(split -> names(split).contains(name));
    }

    /** Whether all folders in it are called as parts of data sets are, and so none as a class. */
    public static boolean holdsOnlyParts(Path data) {
        List<Path> folders = folders(data);
        return !folders.isEmpty()
                && folders.stream()
                        .map(folder -> name(folder).toLowerCase(Locale.ROOT))
                        .allMatch(name -> OTHERS.contains(name)
                                || names(Split.TRAINING).contains(name)
                                || names(Split.VALIDATION).contains(name));
    }

    /**
     * The folders in a folder, in code point order, without hidden ones and what operating systems leave.
     *
     * @throws DatasetException if it cannot be read, or a link in it leads nowhere: a class would be missing silently
     */
    public static List<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !FolderSearch.isPassedOver(name(entry)))
                    .peek(PartFolder::requireTarget)
                    .filter(Files::isDirectory)
                    .sorted((a, b) -> DataFiles.CODE_POINT_ORDER.compare(name(a), name(b)))
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireTarget(Path entry) {
        if (Files.isSymbolicLink(entry) && !Files.exists(entry)) {
            throw new DatasetException(entry + ": is a link to something that does not exist; correct or remove it");
        }
    }

    public static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
