package org.elasticvision.runtime.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.elasticvision.runtime.ElasticVisionException;
import org.elasticvision.runtime.image.ImageSource;

/** The images in a folder. */
final class ImageFolder {
    private static final List<String> ENDINGS = List.of(".bmp", ".jpeg", ".jpg", ".png", ".webp");

    private ImageFolder() {}

    static List<ImageSource> images(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ElasticVisionException(folder + ": is no folder; give a folder of images");
        }
        List<ImageSource> images;
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            images = files.filter(file -> isImage(file) && !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(ImageSource::of)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ElasticVisionException(
                    folder + ": cannot be searched for images (" + e.getMessage() + "); check its permissions", e);
        }
        if (images.isEmpty()) {
            throw new ElasticVisionException(
                    folder + ": no images in this folder (looked for " + String.join(", ", ENDINGS) + ")");
        }
        return images;
    }

    private static boolean isImage(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }
}
