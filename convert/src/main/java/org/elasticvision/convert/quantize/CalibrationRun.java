package org.elasticvision.convert.quantize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticvision.convert.onnx.OnnxFile;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.runtime.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.model.Preprocessing;

/** Runs a model on images and looks at all values that can be quantized. */
final class CalibrationRun implements AutoCloseable {
    private final Path folder;
    private final Probe probe;
    private final Preprocessor preprocessor;
    private final FloatBuffer input;
    private final TensorShape shape;
    private final String inputName;
    private final Histogram inputs = new Histogram();
    private final List<Histogram> histograms;

    private CalibrationRun(OnnxModel model, Path folder, Probe probe, Preprocessing preprocessing) {
        this.folder = folder;
        this.probe = probe;
        this.preprocessor = new Preprocessor(preprocessing);
        this.inputName = model.graph().input().name();
        int batch = model.fixedBatch().orElse(1);
        this.shape = new TensorShape(List.of(batch, 3, preprocessing.height(), preprocessing.width()));
        this.input = DirectBuffers.floats(batch * preprocessor.elementCount());
        this.histograms = IntStream.range(0, probe.outputs().size())
                .mapToObj(i -> new Histogram())
                .toList();
    }

    /**
     * Opens the model with its inner values as outputs; a copy of it lies in the temporary folder meanwhile.
     *
     * @param preprocessing the model's
     */
    static CalibrationRun open(OnnxModel model, Preprocessing preprocessing) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("elastic-calibration");
            Path file = folder.resolve("observed.onnx");
            OnnxFile.writeObserved(file, model.graph(), model.opset(), Calibration.observed(model.graph()));
            return new CalibrationRun(model, folder, Probe.open(file, EngineOptions.defaults()), preprocessing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /**
     * Adds an image; where the model takes more at once, it stands in for all.
     *
     * @throws org.elasticvision.runtime.ImageException if it cannot be decoded
     * @throws ModelException if the network makes of it what is no number
     */
    void add(ImageSource image) {
        for (int i = 0; i < shape.batch(); i++) {
            preprocessor.write(image.decode(Orientation.IGNORE_EXIF), input, i * preprocessor.elementCount());
        }
        float[] pixels = new float[preprocessor.elementCount()];
        input.get(0, pixels);
        inputs.add(pixels);
        probe.run(input, shape, (index, values) -> observe(index, values, image));
    }

    private void observe(int index, float[] values, ImageSource image) {
        try {
            histograms.get(index).add(values);
        } catch (ArithmeticException e) {
            throw new ModelException(
                    "of " + image.name() + " the network makes values that are not numbers, at "
                            + probe.outputs().get(index)
                            + "; it cannot be quantized: its weights are damaged or not trained",
                    e);
        }
    }

    /** What was seen so far. */
    Calibration result() {
        Map<String, Histogram> seen = new LinkedHashMap<>();
        seen.put(inputName, inputs);
        for (int i = 0; i < histograms.size(); i++) {
            seen.put(probe.outputs().get(i), histograms.get(i));
        }
        return new Calibration(seen);
    }

    @Override
    public void close() {
        probe.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        if (folder != null) {
            try {
                Files.deleteIfExists(folder.resolve("observed.onnx"));
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
