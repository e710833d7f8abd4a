package org.elasticvision.samples.serve.model;

import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.StageTimes;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.ModelInfo;

/** A model under the name by which requests call it. Thread-safe. */
public interface ServedModel extends Predictor<ServedModel.Answer>, AutoCloseable {
    String name();

    ModelInfo info();

    /** How it decodes photos. */
    Orientation orientation();

    /** {@code [N, 3, H, W]}, as {@link #run} takes it; N is {@link TensorShape#ANY} or fixed. */
    TensorShape inputShape();

    /** {@code [N, classes]}, for segmentation {@code [N, classes, H, W]}. */
    TensorShape outputShape();

    /** Runs the bare network on float32 {@code [N, 3, H, W]}, RGB, normalised; any N. */
    Tensor run(Tensor input);

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
