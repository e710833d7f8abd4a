package org.elasticvision.runtime.dataset.coco;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An image and the classes that are in it.
 *
 * @param image the image file
 * @param target which classes are present, at which sizes; none where the image has no annotations
 */
public record MultiLabelImage(Path image, MultiLabelTarget target) {
    public MultiLabelImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
    }
}
