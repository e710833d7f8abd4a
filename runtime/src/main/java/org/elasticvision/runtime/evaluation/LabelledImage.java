package org.elasticvision.runtime.evaluation;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.elasticvision.runtime.dataset.coco.ObjectSize;
import org.elasticvision.runtime.image.ImageSource;

/**
 * An image of an {@link Evaluation} and what is in it.
 *
 * @param image the image
 * @param contents what is in it; of a segmentation the mask is read each time it is asked for, with the exceptions of {@link
 *     org.elasticvision.runtime.image.PngFiles#readIndices}
 */
public record LabelledImage(ImageSource image, Supplier<Contents> contents) {
    public LabelledImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(contents, "contents");
    }

    /**
     * What is in an image, as its data set says. Immutable.
     *
     * @param classes indices of the classes that are in it, from 0
     * @param sizes of the objects that are in it; none where the data set tells no sizes
     */
    public record Contents(Set<Integer> classes, Set<ObjectSize> sizes) {
        public Contents {
            classes = Set.copyOf(classes);
            sizes = Set.copyOf(sizes);
        }
    }
}
