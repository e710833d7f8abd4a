package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.Split;
import org.elasticvision.runtime.image.ImageSource;

/** The image files that a command line names, folders opened up. */
public final class ImageFiles {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "webp");

    private ImageFiles() {}

    /**
     * Files as they are named; of a folder, and the folders in it, all images in the order of their paths, without hidden
     * ones. Links are followed.
     */
    public static List<Path> list(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (path.toString().isEmpty()) { // which Java takes for the current folder
                throw new ElasticVisionException("an image has an empty name; give an image file or a folder");
            }
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    /**
     * The images of files as they are named and of folders as {@link #list} has them, or of the IDX files in a folder (those
     * of the training part, if it is there). None of them is read yet.
     */
    public static List<ImageSource> sources(List<Path> named) {
        List<ImageSource> sources = new ArrayList<>();
        for (Path path : named) {
            Optional<Split> part = Stream.of(Split.TRAINING, Split.VALIDATION)
                    .filter(split -> IdxImages.isIn(path, split))
                    .findFirst();
            if (part.isPresent()) {
                IdxImages images = IdxImages.read(path, part.get());
                IntStream.range(0, images.count()).mapToObj(images::source).forEach(sources::add);
            } else {
                list(List.of(path)).stream().map(ImageSource::of).forEach(sources::add);
            }
        }
        return sources;
    }

    /** At most so many of them, evenly spread. */
    public static <T> List<T> spread(List<T> files, int most) {
        if (files.size() <= most) {
            return files;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> files.get((int) ((long) i * files.size() / most)))
                .toList();
    }

    private static List<Path> inFolder(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> images = walk.filter(file -> isImage(file) && !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (images.isEmpty()) {
                throw new ElasticVisionException(folder + ": no images in this folder (looked for "
                        + String.join(", ", ENDINGS.stream().sorted().toList()) + ")");
            }
            return images;
        } catch (IOException | UncheckedIOException e) {
            throw new ElasticVisionException(
                    folder + ": cannot be searched for images (" + Failures.message(e) + "); name the images instead",
                    e);
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
