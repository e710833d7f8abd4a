package org.elasticvision.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.ImageException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * A converted model: images in, answers out.
 *
 * <pre>{@code
 * try (Model<?> model = Model.open(Path.of("model.onnx"))) {
 *     Prediction answer = model.predict(ImageSource.of(Path.of("photo.jpg")));
 *     if (answer instanceof Classification classes) {
 *         System.out.println(classes.best().label().name());
 *     } else if (answer instanceof LabelSet labels) {
 *         labels.present().forEach(score -> System.out.println(score.label().name()));
 *     } else if (answer instanceof Segmentation areas) {
 *         System.out.println(areas.areas());
 *     }
 * }
 * }</pre>
 *
 * <p>Once open it may be called by any number of threads at the same time. It owns native memory: close it, best with
 * try-with-resources. {@link #close()} waits for calls that are running; a call after it gets an
 * {@link IllegalStateException}.
 *
 * @param <A> the answer about one image
 */
public sealed interface Model<A extends Prediction> extends Predictor<A>, AutoCloseable permits SessionModel {

    /**
     * Opens a model of any task, with {@link ModelOptions#defaults()}.
     *
     * @param file an ONNX model that {@code elastic convert} wrote, or a TensorRT engine
     * @return the open model
     */
    static Model<?> open(Path file) {
        return open(file, ModelOptions.defaults());
    }

    /**
     * Opens a model of any task: a {@link Classifier}, a {@link MultiLabelClassifier} or a {@link Segmenter}.
     *
     * @param file an ONNX model that {@code elastic convert} wrote, or a TensorRT engine
     * @param options how it is opened
     * @return the open model
     * @throws ModelException where the file is missing or damaged, or does not say how it is to be used
     */
    static Model<?> open(Path file, ModelOptions options) {
        ModelSession session = ModelSession.open(file, options);
        return switch (session.info().task()) {
            case CLASSIFICATION -> new Classifier(session);
            case MULTI_LABEL -> new MultiLabelClassifier(session);
            case SEGMENTATION -> new Segmenter(session);
        };
    }

    /** {@return the file that it was opened from} */
    Path file();

    /** {@return what the file says of itself, its preprocessing as changed by {@link ModelOptions#preprocessing()}} */
    ModelInfo info();

    /** {@return {@code [N, 3, H, W]}; N is {@link TensorShape#ANY} or the fixed batch} */
    TensorShape inputShape();

    /** {@return {@code [N, classes]}, for segmentation {@code [N, classes, H, W]}} */
    TensorShape outputShape();

    /** {@return how many images go through the network at a time: the model's fixed batch, else the one asked for} */
    @Override
    int batch();

    /** {@return how photos are decoded: as {@link ModelOptions#orientation()} or else the file says, upright where neither does} */
    Orientation orientation();

    /** {@return what a plug-in that runs it was seen to do; empty where none does} */
    Optional<Observation> observation();

    /** {@return what {@code Provider.AUTO} took to run it, and why; empty where the provider was named} */
    Optional<EngineChoice> choice();

    /**
     * Answers about images in their order, {@link #batch()} at a time; only so many are in memory at once.
     *
     * @param images the images
     * @return as many answers as there are images
     * @throws ImageException where one cannot be decoded
     * @throws ModelException where the network fails
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    List<A> predict(List<? extends ImageSource> images);

    /**
     * Runs the bare network on inputs prepared elsewhere, to compare it with another implementation.
     *
     * @param input float32 {@code [N, 3, H, W]}, RGB, normalised, any N
     * @return the raw output for all N
     * @throws ModelException where the shape is another one
     */
    Tensor run(Tensor input);

    @Override
    void close();
}
