package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import java.util.Objects;
import org.elasticvision.runtime.base.Check;

/**
 * An image of one class.
 *
 * @param image the image file
 * @param classIndex index into the model's labels
 */
public record ClassifiedImage(Path image, int classIndex) {
    public ClassifiedImage {
        Objects.requireNonNull(image, "image");
        Check.atLeast("classIndex", classIndex, 0);
    }
}
