package org.elasticvision.runtime.io.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A file, or a folder with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /**
     * Deletes it as far as it goes: what cannot be deleted, such as a file that is still open on Windows, stays. Links are not followed.
     *
     * @param root need not be there
     */
    public static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(FileTree::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            // it is not there, or may not be listed
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the others go all the same
        }
    }
}
