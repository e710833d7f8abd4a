package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Placement;
import org.elasticvision.runtime.image.RgbImage;
import org.elasticvision.runtime.model.ModelInfo;

/**
 * Says which one class an image shows.
 *
 * <pre>{@code
 * try (Classifier model = Classifier.open(Path.of("model.onnx"))) {
 *     Classification answer = model.predict(ImageSource.of(Path.of("photo.jpg")));
 * }
 * }</pre>
 *
 * <p>Thread-safe; see {@link Model} for who closes what.
 */
public final class Classifier implements Model {
    private final Network network;

    Classifier(Network network) {
        this.network = network;
    }

    /** Opens a model with {@link ModelOptions#defaults()}. */
    public static Classifier open(Path file) {
        return open(file, ModelOptions.defaults());
    }

    /**
     * Opens a model.
     *
     * @throws ModelException where the file is missing, damaged or of another task
     */
    public static Classifier open(Path file, ModelOptions options) {
        Model model = Model.open(file, options);
        if (model instanceof Classifier wanted) {
            return wanted;
        }
        throw WrongTask.refuse(model, Classifier.class);
    }

    @Override
    public Classification predict(ImageSource image) {
        return predict(List.of(image)).get(0);
    }

    @Override
    public List<Classification> predict(List<? extends ImageSource> images) {
        return network.predict(images, this::read);
    }

    private Classification read(FloatBuffer output, RgbImage image, Placement placement) {
        return new Classification(Logits.ranked(network.numbers(output), info().labels()));
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
    public void close() {
        network.close();
    }
}
