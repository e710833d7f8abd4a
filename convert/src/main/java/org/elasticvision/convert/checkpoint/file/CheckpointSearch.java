package org.elasticvision.convert.checkpoint.file;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.elasticvision.runtime.io.FolderSearch;

/** Finds the checkpoints that somebody names: a file, those in a folder, or those that match a pattern. */
public final class CheckpointSearch {
    private static final Set<String> EXTENSIONS = Set.of("pth", "pt", "tar", "ckpt", "bin", "safetensors");

    private CheckpointSearch() {}

    /**
     * A checkpoint by its name; nobody has looked into it.
     *
     * @param file where it is
     * @param name its path from the folder that was named, or from the last folder before the first wildcard; of a file that was
     *     named itself, its file name
     */
    public record Found(Path file, Path name) {
        static Found of(Path file) {
            return new Found(file, Optional.ofNullable(file.getFileName()).orElse(file));
        }
    }

    /**
     * {@return the checkpoints, in the order of their paths} In folders files are checkpoints by their extension, and folders in
     * them are searched too. What is neither a file nor a folder may be a pattern with {@code *}, {@code ?}, {@code [...]},
     * {@code {...}} and <code>**</code>, as {@link java.nio.file.FileSystem#getPathMatcher} has them; hidden files do not match. Where nothing
     * is found, that is the path itself, so that opening it says what is wrong.
     *
     * @param named a file, a folder or a pattern
     * @throws CheckpointException if a folder cannot be searched
     */
    public static List<Found> of(Path named) {
        try {
            List<Found> found = Files.isDirectory(named)
                    ? inFolder(named, Path.of(""))
                    : Files.exists(named) ? List.of() : matching(named);
            return found.isEmpty() ? List.of(Found.of(named)) : found;
        } catch (UncheckedIOException e) {
            throw unsearchable(named, e.getCause());
        } catch (IOException e) {
            throw unsearchable(named, e);
        }
    }

    private static CheckpointException unsearchable(Path named, IOException e) {
        return new CheckpointException(
                named, "cannot be searched for checkpoints (" + e.getMessage() + "); give the files themselves", e);
    }

    /** The parts of a checkpoint that is a folder are not checkpoints. */
    private static List<Found> inFolder(Path folder, Path name) throws IOException {
        if (FolderKind.special(folder).isPresent()) {
            return List.of();
        }
        return FolderSearch.files(folder, EXTENSIONS).stream()
                .map(file -> new Found(file, name.resolve(folder.relativize(file))))
                .toList();
    }

    private static List<Found> matching(Path pattern) throws IOException {
        int fixed = 0;
        while (fixed < pattern.getNameCount() && !hasWildcard(pattern.getName(fixed))) {
            fixed++;
        }
        if (fixed == pattern.getNameCount()) {
            return List.of();
        }
        Path root = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        Path base = fixed == 0 ? root : root.resolve(pattern.subpath(0, fixed));
        Path start = base.toString().isEmpty() ? Path.of(".") : base;
        Path relative = pattern.subpath(fixed, pattern.getNameCount());
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        Optional<PathMatcher> matcher = matcher(relative);
        if (matcher.isEmpty()) {
            return List.of();
        }
        int depth = relative.toString().contains("**") ? Integer.MAX_VALUE : relative.getNameCount();
        try (Stream<Path> walk = Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)) {
            return walk.map(start::relativize)
                    .filter(path -> !isHidden(path) && matcher.get().matches(path))
                    .sorted()
                    .flatMap(path -> found(base.resolve(path), path))
                    .toList();
        }
    }

    private static Stream<Found> found(Path file, Path name) {
        try {
            List<Found> within = Files.isDirectory(file) ? inFolder(file, name) : List.of();
            return within.isEmpty() ? Stream.of(new Found(file, name)) : within.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasWildcard(Path part) {
        return part.toString().chars().anyMatch(character -> "*?[{".indexOf(character) >= 0);
    }

    /** Empty for what is not a pattern, such as a bracket that is not closed. */
    private static Optional<PathMatcher> matcher(Path pattern) {
        try {
            return Optional.of(FileSystems.getDefault()
                    .getPathMatcher("glob:" + pattern.toString().replace(File.separatorChar, '/')));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> FolderSearch.isPassedOver(part.toString()));
    }
}
