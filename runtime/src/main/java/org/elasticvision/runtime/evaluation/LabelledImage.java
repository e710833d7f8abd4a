package org.elasticvision.runtime.evaluation;

import java.util.Objects;
import java.util.function.Supplier;
import org.elasticvision.runtime.image.ImageSource;

/**
 * An image of an {@link Evaluation} and what is in it.
 *
 * @param image the image
 * @param contents what is in it; of a segmentation the mask is read each time it is asked for, with the exceptions of {@link
 *     org.elasticvision.runtime.image.PngFiles#readIndices}
 */
public record LabelledImage(ImageSource image, Supplier<ImageContents> contents) {
    public LabelledImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(contents, "contents");
    }
}
