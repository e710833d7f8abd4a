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
 * Says which of its classes an image shows: none, one or several.
 *
 * <pre>{@code
 * try (MultiLabelClassifier model = MultiLabelClassifier.open(Path.of("model.onnx"))) {
 *     LabelSet answer = model.predict(ImageSource.of(Path.of("photo.jpg")));
 * }
 * }</pre>
 *
 * <p>Thread-safe; see {@link Model} for who closes what.
 */
public final class MultiLabelClassifier implements Model {
    private final Network network;

    MultiLabelClassifier(Network network) {
        this.network = network;
    }

    /** Opens a model with {@link ModelOptions#defaults()}. */
    public static MultiLabelClassifier open(Path file) {
        return open(file, ModelOptions.defaults());
    }

    /**
     * Opens a model.
     *
     * @throws ModelException where the file is missing, damaged or of another task
     */
    public static MultiLabelClassifier open(Path file, ModelOptions options) {
        Model model = Model.open(file, options);
        if (model instanceof MultiLabelClassifier wanted) {
            return wanted;
        }
        throw WrongTask.refuse(model, MultiLabelClassifier.class);
    }

    @Override
    public LabelSet predict(ImageSource image) {
        return predict(List.of(image)).get(0);
    }

    @Override
    public List<LabelSet> predict(List<? extends ImageSource> images) {
        return network.predict(images, this::read);
    }

    private LabelSet read(FloatBuffer output, RgbImage image, Placement placement) {
        return new LabelSet(Logits.independent(network.numbers(output), info().labels()));
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
