package org.elasticvision.convert.compare;

import java.nio.FloatBuffer;
import java.util.List;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.answer.Logits;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.SegmentationResult;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.runtime.model.View;

/**
 * The raw answers of two models of one network for the same images. Not thread-safe; the models stay the caller's.
 *
 * <pre>{@code
 * try (Model<?> expected = Model.open(Path.of("model.onnx"));
 *         Model<?> actual = Model.open(Path.of("model.int8.onnx"))) {
 *     ModelComparison comparison = new ModelComparison(expected, actual);
 *     comparison.add(ImageSource.of(Path.of("photo.jpg")));
 *     System.out.println(comparison.agreement().cosine());
 * }
 * }</pre>
 */
public final class ModelComparison {
    private final Model<?> expected;
    private final Model<?> actual;
    private final Preprocessor preprocessor;
    private final Orientation orientation;
    private final Agreement agreement = new Agreement();
    private final SegmentationMetrics overlap;
    private int images;

    /**
     * Starts with no images.
     *
     * @param expected the model that it is compared with
     * @param actual the model that is judged; both get photos in the view for which it was opened
     * @throws ModelException if the two are not of one network with the same input
     */
    public ModelComparison(Model<?> expected, Model<?> actual) {
        this.expected = expected;
        this.actual = actual;
        requireSameNetwork();
        this.preprocessor = new Preprocessor(expected.info().preprocessing());
        this.orientation = actual.orientation();
        this.overlap = new SegmentationMetrics(Math.min(expected.info().labels().size(), 255));
    }

    private void requireSameNetwork() {
        ModelInfo one = expected.info();
        ModelInfo other = actual.info();
        if (!areComparable(one, other)) {
            throw new ModelException(actual.file() + " is a " + what(other) + ", but " + expected.file() + " is a "
                    + what(one) + "; give two models that were made of one");
        }
    }

    /**
     * {@return whether two models are forms of one network with the same input, so that their outputs can be compared}
     *
     * @param one what a model says of itself
     * @param other what another says
     */
    public static boolean areComparable(ModelInfo one, ModelInfo other) {
        return one.architecture().equals(other.architecture())
                && one.task() == other.task()
                && one.labels().equals(other.labels())
                && withoutView(one).equals(withoutView(other));
    }

    /** It does not matter to the inputs that both get. */
    private static Preprocessing withoutView(ModelInfo info) {
        return info.preprocessing().withView(View.UNSTATED);
    }

    private static String what(ModelInfo info) {
        return info.architecture() + " for " + info.task() + " of "
                + info.labels().size() + " classes with an input of "
                + info.preprocessing().height() + "x" + info.preprocessing().width();
    }

    /**
     * Asks both about an image.
     *
     * @param image the image
     * @throws org.elasticvision.runtime.base.ImageException if it cannot be decoded
     */
    public void add(ImageSource image) {
        FloatBuffer pixels = FloatBuffer.allocate(preprocessor.elementCount());
        preprocessor.write(image.decode(orientation), pixels, 0);
        add(pixels.array());
    }

    /**
     * Asks both about a prepared input, {@code [3, H, W]}.
     *
     * @param input normalised, row-major
     */
    public void add(float[] input) {
        TensorShape shape = expected.inputShape().withBatch(1);
        Tensor tensor = new Tensor(shape, input);
        float[] expectedValues = expected.run(tensor).values();
        float[] actualValues = actual.run(tensor).values();
        int classes = expected.info().labels().size();
        agreement.add(expectedValues, actualValues, classes);
        switch (expected.info().task()) {
            case CLASSIFICATION, MULTI_LABEL -> {}
            case SEGMENTATION -> overlap.add(classMap(actualValues, classes), classMap(expectedValues, classes));
        }
        images++;
    }

    /** Where no class is best, as a logit is not a number, the first. */
    private static byte[] classMap(float[] logits, int classes) {
        int[] best = Logits.best(logits, classes);
        byte[] map = new byte[best.length];
        for (int pixel = 0; pixel < map.length; pixel++) {
            map[pixel] = (byte) Math.max(0, best[pixel]);
        }
        return map;
    }

    /** {@return number of images so far} */
    public int images() {
        return images;
    }

    /** {@return how far the outputs are apart} */
    public Agreement agreement() {
        return agreement;
    }

    /** {@return how the second model's classes overlap with the first one's, for segmentation} */
    public SegmentationResult overlap() {
        return overlap.result();
    }

    /** {@return what kind of network it is} */
    public Task task() {
        return expected.info().task();
    }

    /** {@return the models' height and width} */
    public List<Integer> size() {
        return List.of(
                expected.info().preprocessing().height(),
                expected.info().preprocessing().width());
    }
}
