package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.elasticvision.runtime.answer.Framing;
import org.elasticvision.runtime.answer.Segmentation;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Letterbox;

/**
 * Says for each pixel of an image which class it belongs to.
 *
 * <pre>{@code
 * try (Segmenter model = Segmenter.open(Path.of("model.onnx"))) {
 *     Segmentation answer = model.predict(ImageSource.of(Path.of("photo.jpg")));
 * }
 * }</pre>
 *
 * <p>Thread-safe; see {@link Model} for who closes what.
 */
public final class Segmenter extends SessionModel<Segmentation> {
    Segmenter(ModelSession session) {
        super(session);
    }

    /**
     * Opens a model with {@link ModelOptions#defaults()}.
     *
     * @param file an ONNX model that {@code elastic convert} wrote, or a TensorRT engine
     * @return the open model
     */
    public static Segmenter open(Path file) {
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
    public static Segmenter open(Path file, ModelOptions options) {
        return openAs(file, options, Segmenter.class);
    }

    @Override
    Segmentation read(FloatBuffer output, DecodedImage image, Letterbox placement) {
        Framing framing = new Framing(
                outputShape().dimension(3), outputShape().dimension(2), placement, image.width(), image.height());
        return Segmentation.of(output, framing, info().labels());
    }
}
