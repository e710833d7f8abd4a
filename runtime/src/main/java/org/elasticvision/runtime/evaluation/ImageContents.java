package org.elasticvision.runtime.evaluation;

import java.util.Set;
import org.elasticvision.runtime.dataset.coco.ObjectSize;

/**
 * What is in an image, as its data set says. Immutable.
 *
 * @param classes indices of the classes that are in it, from 0
 * @param sizes of the objects that are in it; none where the data set tells no sizes
 */
public record ImageContents(Set<Integer> classes, Set<ObjectSize> sizes) {
    public ImageContents {
        classes = Set.copyOf(classes);
        sizes = Set.copyOf(sizes);
    }
}
