package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.elasticvision.runtime.image.ImageHead;
import org.elasticvision.runtime.image.Orientation;

/**
 * How many pictures of a data set are turned by their EXIF data, so that it matters how they are decoded.
 *
 * @param images how many there are
 * @param turned those whose upright view is not the stored one
 * @param unclearMasks those of the turned that have a mask which fits both views by its sides, where no other mask tells on
 *     which one they are drawn
 */
public record TurnedImages(int images, int turned, int unclearMasks) {
    /** Of pictures that are not files. */
    public static final TurnedImages NONE = new TurnedImages(0, 0, 0);

    /**
     * Looks at the heads of image files, by several threads; one that cannot be read counts as not turned.
     *
     * @param files the image files
     * @return how many are turned
     */
    public static TurnedImages among(Collection<Path> files) {
        long turned = files.parallelStream()
                .filter(file -> ImageHead.read(file).filter(ImageHead::turned).isPresent())
                .count();
        return new TurnedImages(files.size(), (int) turned, 0);
    }

    /**
     * {@return both together}
     *
     * @param other of other pictures
     */
    public TurnedImages plus(TurnedImages other) {
        return new TurnedImages(images + other.images, turned + other.turned, unclearMasks + other.unclearMasks);
    }

    /**
     * Says it in one line.
     *
     * @param orientation how the pictures are decoded
     * @return empty where none is turned, so that it does not matter
     */
    public Optional<String> describe(Orientation orientation) {
        if (turned == 0) {
            return Optional.empty();
        }
        String seen =
                switch (orientation) {
                    case APPLY_EXIF -> "seen upright (as stored: --exif ignore)";
                    case IGNORE_EXIF -> "seen as stored (upright: --exif apply)";
                };
        String masks = unclearMasks == 0
                ? ""
                : "; the sides of " + unclearMasks + " of their masks do not tell on which view they were drawn, it is"
                        + " taken to be this one";
        return Optional.of(turned + " of " + images + " images are turned by EXIF and " + seen + masks);
    }
}
