package org.elasticvision.convert.quantize.calibration;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticvision.convert.onnx.ObservedModel;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.model.Preprocessing;
import org.elasticvision.runtime.model.View;

/** Runs a model on images and looks at all values that can be quantized. For one thread; owns native memory. */
public final class CalibrationRun implements AutoCloseable {
    private final ObservedModel observed;
    private final Preprocessor preprocessor;
    private final Orientation orientation;
    private final FloatBuffer input;
    private final TensorShape shape;
    private final String inputName;
    private final Histogram inputs = new Histogram();
    private final List<Histogram> histograms;

    private CalibrationRun(OnnxModel model, ObservedModel observed, Preprocessing preprocessing) {
        this.observed = observed;
        this.preprocessor = new Preprocessor(preprocessing);
        this.orientation = Orientation.of(preprocessing.view().or(View.STORED));
        this.inputName = model.graph().input().name();
        int batch = model.fixedBatch().orElse(1);
        this.shape = new TensorShape(List.of(batch, 3, preprocessing.height(), preprocessing.width()));
        this.input = DirectBuffers.floats(batch * preprocessor.elementCount());
        this.histograms = IntStream.range(0, observed.values().size())
                .mapToObj(i -> new Histogram())
                .toList();
    }

    /**
     * Opens the model with its inner values as outputs.
     *
     * @param model a float32 model
     * @param preprocessing the model's; where it names no view of photos, they are seen as stored
     * @return the run, to be closed
     */
    public static CalibrationRun open(OnnxModel model, Preprocessing preprocessing) {
        return new CalibrationRun(model, ObservedModel.open(model, Calibration.observed(model.graph())), preprocessing);
    }

    /**
     * Adds an image; where the model takes more at once, it stands in for all.
     *
     * @param image the image
     * @throws org.elasticvision.runtime.base.ImageException if it cannot be decoded
     * @throws ModelException if the network produces NaN or infinity
     */
    public void add(ImageSource image) {
        preprocessor.write(image.decode(orientation), input, 0);
        float[] pixels = new float[preprocessor.elementCount()];
        input.get(0, pixels);
        add(pixels, image.name());
    }

    /**
     * Adds an image as the network takes it.
     *
     * @param pixels normalised RGB, planar, of the input's size; not kept
     * @param name for messages
     * @throws ModelException if the network produces NaN or infinity
     */
    public void add(float[] pixels, String name) {
        if (pixels.length != preprocessor.elementCount()) {
            throw new IllegalArgumentException(
                    name + " has " + pixels.length + " values, not " + preprocessor.elementCount());
        }
        for (int i = 0; i < shape.batch(); i++) {
            input.put(i * pixels.length, pixels);
        }
        inputs.add(pixels);
        observed.run(input, shape, (index, values) -> observe(index, values, name), answer -> check(answer, name));
    }

    /** The answer is not quantized, and so in none of the histograms. */
    private static void check(float[] answer, String image) {
        for (float value : answer) {
            if (!Float.isFinite(value)) {
                throw notNumbers(image, "its output", null);
            }
        }
    }

    private void observe(int index, float[] values, String image) {
        try {
            histograms.get(index).add(values);
        } catch (ArithmeticException e) {
            throw notNumbers(image, observed.values().get(index), e);
        }
    }

    private static ModelException notNumbers(String image, String where, ArithmeticException cause) {
        return new ModelException(
                "of " + image + " the network produces values that are not numbers, at " + where
                        + "; it cannot be quantized: its weights are damaged or not trained",
                cause);
    }

    /** {@return what was seen so far} */
    public Calibration result() {
        Map<String, Histogram> seen = new LinkedHashMap<>();
        seen.put(inputName, inputs);
        for (int i = 0; i < histograms.size(); i++) {
            seen.put(observed.values().get(i), histograms.get(i));
        }
        return new Calibration(seen);
    }

    @Override
    public void close() {
        observed.close();
    }
}
