package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.resample.Letterbox;
import org.elasticvision.runtime.image.resample.Resampler;
import org.elasticvision.runtime.model.Interpolation;

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
public final class Segmenter extends NetworkModel<Segmentation> {
    Segmenter(Network network) {
        super(network);
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

    /** Cuts the image out of the padding; where it was shrunk or stretched, brings the classes back to its size. */
    @Override
    Segmentation read(FloatBuffer output, DecodedImage image, Letterbox placement) {
        byte[] seen = ClassMaps.argmax(
                output,
                info().labels().size(),
                outputShape().dimension(3),
                outputShape().dimension(2),
                placement);
        if (seen == null) {
            throw network().notANumber();
        }
        boolean resized = placement.width() != image.width() || placement.height() != image.height();
        byte[] classMap = resized
                ? Resampler.resizePlane(
                        seen,
                        placement.width(),
                        placement.height(),
                        image.width(),
                        image.height(),
                        Interpolation.NEAREST)
                : seen;
        return new Segmentation(image.width(), image.height(), classMap, info().labels());
    }
}
