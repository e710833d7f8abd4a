package org.elasticvision.train.data;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.elasticvision.runtime.ElasticVisionException;

/**
 * Examples that a network learns from or is measured on: each an image and what it is trained towards. Thread-safe: a
 * {@link Loader} loads many examples at once.
 */
public interface TrainingData {
    /** How many examples. */
    int size();

    /** What messages call an example: the path of its image. */
    String name(int index);

    /** Height of the network's input in pixels. */
    int height();

    /** Width of the network's input in pixels. */
    int width();

    /**
     * Loads an example: reads, decodes, augments, normalises.
     *
     * @param random all that is random comes from here, so an equal generator makes an equal example
     * @param images the input is written to the {@code 3 * height * width} values from {@code offset} on (planar RGB), by
     *     absolute positions: others may write elsewhere in the buffer at the same time
     * @return what this one image is trained towards
     * @throws ElasticVisionException if the example cannot be used; the message names the file
     */
    Target load(int index, RandomGenerator random, FloatBuffer images, int offset);
}
