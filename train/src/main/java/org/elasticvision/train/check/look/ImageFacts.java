package org.elasticvision.train.check.look;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.elasticvision.runtime.image.form.StoredForm;

/**
 * What was seen of an image that could be read.
 *
 * @param width in pixels, as a run sees it
 * @param height likewise
 * @param storedWidth in pixels, before EXIF turns it
 * @param storedHeight likewise
 * @param turned whether EXIF turns it
 * @param form how it is stored; empty for images that share a file
 * @param pixels the first 64 bits of the SHA-256 of its size and pixels: equal for equal pictures
 * @param likeness a hash that is nearly the same for pictures that look alike; empty where it would be by chance
 * @param mask of segmentation, if it could be used
 */
public record ImageFacts(
        int width,
        int height,
        int storedWidth,
        int storedHeight,
        boolean turned,
        Optional<StoredForm> form,
        long pixels,
        OptionalLong likeness,
        Optional<MaskFacts> mask) {
    /**
     * What was seen of a mask.
     *
     * @param classes that it has pixels of, without void
     * @param pixels the first 64 bits of the SHA-256 of its indices
     */
    public record MaskFacts(List<Integer> classes, long pixels) {
        public MaskFacts {
            classes = List.copyOf(classes);
        }
    }
}
