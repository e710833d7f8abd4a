package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.elasticvision.runtime.answer.LabelSet;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Letterbox;

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
public final class MultiLabelClassifier extends SessionModel<LabelSet> {
    MultiLabelClassifier(ModelSession session) {
        super(session);
    }

    /**
     * Opens a model with {@link ModelOptions#defaults()}.
     *
     * @param file an ONNX model that {@code elastic convert} wrote, or a TensorRT engine
     * @return the open model
     */
    public static MultiLabelClassifier open(Path file) {
        return open(file, ModelOptions.defaults());
    }

    /**
     * Opens a model.
     *
     * @param file an ONNX model that {@code elastic convert} wrote, or a TensorRT engine
     * @param options how it is opened
     * @return the open model
     * @throws ModelException where the file is missing, damaged or of another task
     */
    public static MultiLabelClassifier open(Path file, ModelOptions options) {
        return openAs(file, options, MultiLabelClassifier.class);
    }

    @Override
    LabelSet read(FloatBuffer output, DecodedImage image, Letterbox placement) {
        return LabelSet.of(output, info().labels());
    }
}
