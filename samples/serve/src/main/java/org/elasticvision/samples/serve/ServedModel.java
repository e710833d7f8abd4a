package org.elasticvision.samples.serve;

import java.util.List;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.StageTimes;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.ModelInfo;

/** A model under the name by which requests call it. Thread-safe. */
interface ServedModel extends AutoCloseable {
    String name();

    ModelInfo info();

    /** How it decodes photos. */
    Orientation orientation();

    /** How many images it is best asked about at a time. */
    int batch();

    /**
     * Answers about images, which go through the network together.
     *
     * @param images at most {@link #batch()}
     * @throws ImageException where one cannot be decoded
     * @throws ModelException where the network fails
     */
    List<Answer> predict(List<ImageSource> images);

    @Override
    void close();

    /**
     * What a model says about an image.
     *
     * @param prediction of the model's task
     * @param times of the whole batch
     */
    record Answer(Prediction prediction, StageTimes times) {}
}
