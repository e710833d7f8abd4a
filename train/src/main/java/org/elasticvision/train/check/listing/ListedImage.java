package org.elasticvision.train.check.listing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageSource;

/**
 * An image of a data set and what is said of it.
 *
 * @param source its pixels; a name that tells it from all others
 * @param file empty for images that share a file (IDX)
 * @param split which part a run takes it for
 * @param classes indices of its classes; of a mask they are not known before it is read
 * @param mask its mask, for segmentation
 * @param stated the size that annotations say
 */
public record ListedImage(
        ImageSource source,
        Optional<Path> file,
        Split split,
        List<Integer> classes,
        Optional<Path> mask,
        Optional<StatedSize> stated) {
    /** A width and a height in pixels, as written. */
    public record StatedSize(long width, long height) {}

    static ListedImage of(Path file, Split split, List<Integer> classes) {
        return new ListedImage(
                ImageSource.of(file), Optional.of(file), split, classes, Optional.empty(), Optional.empty());
    }

    /** {@return the same in another part} */
    ListedImage in(Split other) {
        return new ListedImage(source, file, other, classes, mask, stated);
    }

    /** {@return what messages call it} */
    public String name() {
        return source.name();
    }
}
