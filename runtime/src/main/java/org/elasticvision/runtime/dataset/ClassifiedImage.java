package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An image of one class.
 *
 * @param image the image file
 * @param classIndex index into the model's labels
 */
public record ClassifiedImage(Path image, int classIndex) {
    public ClassifiedImage {
        Objects.requireNonNull(image, "image");
        if (classIndex < 0) {
            throw new IllegalArgumentException("classIndex is " + classIndex + "; it must be 0 or more");
        }
    }
}
