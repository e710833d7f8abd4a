package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.dataset.TurnedImages;
import org.elasticvision.train.data.loading.Loader;

/**
 * Examples that a network learns from or is measured on: each an image and what it is trained towards. Thread-safe: a
 * {@link Loader} loads many examples at once.
 */
public interface TrainingData {
    /** {@return how many examples} */
    int size();

    /**
     * {@return what messages call an example: the path of its image}
     *
     * @param index counted from 0
     */
    String name(int index);

    /**
     * {@return a number that examples of a kind share: the class where each example has one, else 0}
     *
     * @param index counted from 0
     */
    default int kind(int index) {
        return 0;
    }

    /**
     * Looks how many images are turned by EXIF, so that it matters which {@link
     * org.elasticvision.runtime.model.Preprocessing#view() view} the network learns from.
     *
     * @return how many are turned
     * @throws org.elasticvision.runtime.base.DatasetException if a mask belongs to the other view
     */
    default TurnedImages turned() {
        return TurnedImages.NONE;
    }

    /** {@return height of the network's input in pixels} */
    int height();

    /** {@return width of the network's input in pixels} */
    int width();

    /**
     * Loads an example: reads, decodes, augments, normalises.
     *
     * @param index counted from 0
     * @param random all that is random comes from here, so an equal generator makes an equal example
     * @param images the input is written to the {@code 3 * height * width} values from {@code offset} on (planar RGB),
     *     by absolute positions: others may write elsewhere in the buffer at the same time
     * @param offset where it begins
     * @return what this one image is trained towards
     * @throws ElasticVisionException if the example cannot be used; the message names the file
     */
    Target load(int index, RandomGenerator random, FloatBuffer images, int offset);
}
