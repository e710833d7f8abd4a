package org.elasticvision.runtime.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds files by how their names end. */
public final class FolderSearch {
    /** What macOS, Synology's file server and Windows leave in folders beside the files of their owner. */
    private static final Set<String> LEFT_BY_SYSTEMS =
            Set.of("__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found");

    private FolderSearch() {}

    /**
     * {@return the files in a folder and the folders in it, in the order of their paths, without those that are {@linkplain
     * #isPassedOver passed over}} Links are followed.
     *
     * @param folder the folder
     * @param extensions in lower case, without a dot; in names the case does not matter
     * @throws IOException if a folder cannot be read, or a link leads back to a folder that it is in
     */
    public static List<Path> files(Path folder, Set<String> extensions) throws IOException {
        return search(folder, extensions, found -> found.sorted().toList());
    }

    /**
     * {@return whether {@link #files} would find any}
     *
     * @param folder the folder
     * @param extensions in lower case, without a dot
     * @throws IOException as {@link #files}
     */
    public static boolean hasFiles(Path folder, Set<String> extensions) throws IOException {
        return search(folder, extensions, found -> found.findAny().isPresent());
    }

    private static <T> T search(Path folder, Set<String> extensions, Function<Stream<Path>, T> use) throws IOException {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return use.apply(walk.filter(file -> hasExtension(String.valueOf(file.getFileName()), extensions)
                            && !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) { // whose message is the path alone
                throw new IOException(loop.getFile() + " is a link back to a folder that it is in; remove it", loop);
            }
            throw e.getCause();
        }
    }

    /**
     * {@return whether a file or folder of that name is hidden, or left behind by an operating system}
     *
     * @param name without the folders that it is in
     */
    public static boolean isPassedOver(String name) {
        return name.startsWith(".") || LEFT_BY_SYSTEMS.contains(name);
    }

    /**
     * {@return whether a name ends with one of some extensions}
     *
     * @param name of a file, without the folders that it is in
     * @param extensions in lower case, without a dot; in the name the case does not matter
     */
    public static boolean hasExtension(String name, Set<String> extensions) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && extensions.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (isPassedOver(part.toString())) {
                return true;
            }
        }
        return false;
    }
}
