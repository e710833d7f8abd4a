package org.elasticvision.runtime.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds files by how their names end. */
public final class FolderSearch {
    private FolderSearch() {}

    /**
     * {@return the files in a folder and the folders in it, in the order of their paths, without hidden ones} Links are
     * followed.
     *
     * @param folder the folder
     * @param extensions in lower case, without a dot; in names the case does not matter
     * @throws IOException if a folder cannot be read, or a link leads back to a folder that it is in
     */
    public static List<Path> files(Path folder, Set<String> extensions) throws IOException {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(file -> extensions.contains(extension(file)) && !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
