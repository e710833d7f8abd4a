package org.elasticvision.runtime;

import java.util.List;
import java.util.Objects;
import org.elasticvision.runtime.base.Check;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.ImageSource;

/**
 * Whatever answers about images: an open {@link Model}, or a function of the caller's own. Streams and batchers take either.
 *
 * @param <A> the answer about one image
 */
@FunctionalInterface
public interface Predictor<A> {

    /**
     * Answers about images in their order. May be called by several threads at once.
     *
     * @param images at least one
     * @return as many answers as there are images
     * @throws ImageException if one of them cannot be decoded
     * @throws ModelException if the network fails
     */
    List<A> predict(List<? extends ImageSource> images);

    /**
     * Answers about one image.
     *
     * @param image the image
     * @return the answer
     * @throws ImageException if it cannot be decoded
     * @throws ModelException if the network fails
     */
    default A predict(ImageSource image) {
        return predict(List.of(Objects.requireNonNull(image, "image"))).get(0);
    }

    /** {@return how many images are best asked about at a time; at least 1} */
    default int batch() {
        return 1;
    }

    /**
     * {@return a predictor that is best asked about several images at a time}
     *
     * @param <A> the answer about one image
     * @param batch how many, at least 1
     * @param function safe for use by several threads
     */
    static <A> Predictor<A> of(int batch, Predictor<A> function) {
        Objects.requireNonNull(function, "function");
        Check.atLeast("batch", batch, 1);
        return new Predictor<>() {
            @Override
            public int batch() {
                return batch;
            }

            @Override
            public List<A> predict(List<? extends ImageSource> images) {
                return function.predict(images);
            }
        };
    }
}
