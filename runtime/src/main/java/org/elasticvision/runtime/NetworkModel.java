package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.resample.Letterbox;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * What the models of all tasks have in common: all but how an answer is read from the network's output.
 *
 * @param <A> the answer about one image
 */
abstract sealed class NetworkModel<A extends Prediction> implements Model
        permits Classifier, MultiLabelClassifier, Segmenter {
    private final Network network;

    NetworkModel(Network network) {
        this.network = network;
    }

    /** Opens a model that must be of a class; one of another task is closed again, and the message names its class. */
    static <M extends Model> M openAs(Path file, ModelOptions options, Class<M> wanted) {
        Model model = Model.open(file, options);
        if (wanted.isInstance(model)) {
            return wanted.cast(model);
        }
        model.close();
        throw new ModelException(file + " is a " + model.info().task() + " model, not one for "
                + wanted.getSimpleName() + "; open it with " + model.getClass().getSimpleName()
                + ".open or Model.open");
    }

    /** See {@link Network.Reader}. */
    abstract A read(FloatBuffer output, DecodedImage image, Letterbox placement);

    Network network() {
        return network;
    }

    @Override
    public A predict(ImageSource image) {
        return predict(List.of(image)).get(0);
    }

    @Override
    public List<A> predict(List<? extends ImageSource> images) {
        return network.predict(images, this::read);
    }

    @Override
    public Tensor run(Tensor input) {
        return network.run(input);
    }

    @Override
    public Path file() {
        return network.file();
    }

    @Override
    public ModelInfo info() {
        return network.info();
    }

    @Override
    public TensorShape inputShape() {
        return network.inputShape();
    }

    @Override
    public TensorShape outputShape() {
        return network.outputShape();
    }

    @Override
    public int batch() {
        return network.batch();
    }

    @Override
    public Orientation orientation() {
        return network.orientation();
    }

    @Override
    public void close() {
        network.close();
    }
}
