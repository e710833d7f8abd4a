package org.elasticvision.samples.serve;

import org.elasticvision.runtime.ImageException;
import org.elasticvision.runtime.ModelException;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.image.RgbImage;
import org.elasticvision.runtime.model.ModelInfo;

/** A model under the name by which requests call it. Thread-safe. */
interface ServedModel extends AutoCloseable {
    String name();

    ModelInfo info();

    /**
     * Answers about one image.
     *
     * @param encoded an image file's bytes
     * @param times gets the time of {@link Stage#DECODE} and {@link Stage#PREDICT}
     * @throws ImageException where it cannot be decoded
     * @throws ModelException where the network fails
     */
    Answer predict(byte[] encoded, StageTimes times);

    @Override
    void close();

    /**
     * What a model says.
     *
     * @param prediction of the model's task
     * @param image as it was decoded, upright
     */
    record Answer(Prediction prediction, RgbImage image) {}
}
