package org.elasticvision.runtime.dataset;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An image with a class for every pixel.
 *
 * @param image the image file
 * @param mask an indexed or gray image of the same size whose values are class indices, 255 where nothing is said
 */
public record SegmentedImage(Path image, Path mask) {
    public SegmentedImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(mask, "mask");
    }
}
