package org.elasticvision.samples.serve.model;

import java.util.List;
import java.util.OptionalInt;
import org.elasticvision.runtime.Predictor;
import org.elasticvision.runtime.StageTimes;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.image.ImageSource;
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

    /** Whether {@link #explain} can be asked: of ONNX models. */
    boolean canExplain();

    /**
     * Shows what the answer about an image comes from. The first call opens the network once more, to be looked into.
     *
     * @param classIndex which class; without, the likeliest, or each label that was found
     */
    Explained explain(ImageSource image, OptionalInt classIndex);

    @Override
    void close();

    /**
     * What a model says about an image.
     *
     * @param prediction of the model's task
     * @param times of the whole batch
     */
    record Answer(Prediction prediction, StageTimes times) {}

    /**
     * What an answer comes from.
     *
     * @param explanation of one image
     * @param notes a line for each thing that cannot be shown of this network, and why
     */
    record Explained(Explanation explanation, List<String> notes) {}
}
