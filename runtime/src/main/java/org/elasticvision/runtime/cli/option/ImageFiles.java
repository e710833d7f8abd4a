package org.elasticvision.runtime.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageSearch;
import org.elasticvision.runtime.image.ImageSource;

/** The image files that a command line names, folders opened up. */
public final class ImageFiles {
    private ImageFiles() {}

    /**
     * Files as they are named; of a folder, all that {@link ImageSearch#inFolder} finds.
     *
     * @param named files and folders
     * @return the files
     */
    public static List<Path> list(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (path.toString().isEmpty()) { // which Java takes for the current folder
                throw new ElasticVisionException("an image has an empty name; give an image file or a folder");
            }
            if (Files.isDirectory(path)) {
                files.addAll(ImageSearch.inFolder(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    /**
     * {@return the images of files as they are named and of folders as {@link #list} has them, or of the IDX files in a
     * folder (those of the training part, if it is there)} None of them is read yet.
     *
     * @param named files and folders
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

    /**
     * {@return at most so many of them, evenly spread}
     *
     * @param <T> what is chosen from
     * @param files all of them
     * @param most how many at most
     */
    public static <T> List<T> spread(List<T> files, int most) {
        if (files.size() <= most) {
            return files;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> files.get((int) ((long) i * files.size() / most)))
                .toList();
    }
}
