package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.answer.Prediction;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * A model is an open session and a way to read answers from its output; the second is all in which tasks differ.
 *
 * @param <A> the answer about one image
 */
abstract sealed class SessionModel<A extends Prediction> implements Model<A>
        permits Classifier, MultiLabelClassifier, Segmenter {
    private final ModelSession session;

    SessionModel(ModelSession session) {
        this.session = session;
    }

    /** Opens a model that must be of a class; one of another task is closed again, and the message names its class. */
    static <M extends Model<?>> M openAs(Path file, ModelOptions options, Class<M> wanted) {
        Model<?> model = Model.open(file, options);
        if (wanted.isInstance(model)) {
            return wanted.cast(model);
        }
        model.close();
        throw new ModelException(file + " is a " + model.info().task() + " model, not one for "
                + wanted.getSimpleName() + "; open it with " + model.getClass().getSimpleName()
                + ".open or Model.open");
    }

    /** See {@link ModelSession.Reader}. */
    abstract A read(FloatBuffer output, DecodedImage image, Letterbox placement);

    @Override
    public List<A> predict(List<? extends ImageSource> images) {
        return session.predict(images, this::read);
    }

    @Override
    public Tensor run(Tensor input) {
        return session.run(input);
    }

    @Override
    public Path file() {
        return session.file();
    }

    @Override
    public ModelInfo info() {
        return session.info();
    }

    @Override
    public TensorShape inputShape() {
        return session.inputShape();
    }

    @Override
    public TensorShape outputShape() {
        return session.outputShape();
    }

    @Override
    public int batch() {
        return session.batch();
    }

    @Override
    public Orientation orientation() {
        return session.orientation();
    }

    @Override
    public Optional<Observation> observation() {
        return session.observation();
    }

    @Override
    public Optional<EngineChoice> choice() {
        return session.choice();
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " in " + session;
    }
}
