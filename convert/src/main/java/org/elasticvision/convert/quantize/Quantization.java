package org.elasticvision.convert.quantize;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.calibration.CalibrationRun;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.convert.quantize.qdq.Int8Places;
import org.elasticvision.convert.quantize.qdq.QuantizedGraph;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.View;

/**
 * From a float32 ONNX model and some images to an int8 model.
 *
 * <pre>{@code
 * Quantization quantization = Quantization.of(Path.of("model.onnx"));
 * List<ImageSource> images =
 *         ImageSearch.inFolder(Path.of("photos")).stream().map(ImageSource::of).toList();
 * Calibration calibration = quantization.calibrate(images, image -> {});
 * quantization.write(Path.of("model.int8.onnx"), calibration, QuantizationOptions.of(Int8Target.CPU));
 * }</pre>
 */
public final class Quantization {
    private static final String INT8 = "int8";

    private final Path file;
    private final ModelInfo info;

    private Quantization(Path file, ModelInfo info) {
        this.file = file;
        this.info = info;
    }

    /**
     * Looks at a model.
     *
     * @param file the file
     * @return the model, ready to be measured
     * @throws ModelException if it is not a float32 model that {@code elastic convert} wrote
     */
    public static Quantization of(Path file) {
        ModelInfo info = ModelInfo.fromMetadata(file.toString(), sound(file).metadata());
        if (!info.precision().equals("fp32")) {
            throw new ModelException(
                    file + " is " + info.precision() + " already; quantize the fp32 model that it was made from");
        }
        return new Quantization(file, info);
    }

    /** Passes take a graph as it is: what others wrote may lack attributes that they read. */
    private static OnnxModel sound(Path file) {
        OnnxModel model = OnnxModel.read(file);
        model.graph().problems().stream().findFirst().ifPresent(problem -> {
            throw new ModelException(
                    file + " cannot be quantized: " + problem + "; give a model that 'elastic convert' wrote");
        });
        List<String> input = model.graph().input().dimensions();
        if (input.size() != 4 || !input.get(1).matches("[0-9]+")) {
            throw new ModelException(
                    file + " cannot be quantized: its input has the shape " + input
                            + ", where images have four lengths, with a number of channels; give a model that 'elastic convert' wrote");
        }
        return model;
    }

    /** Receives progress. */
    @FunctionalInterface
    public interface Progress {
        /**
         * An image has been measured.
         *
         * @param image the image
         */
        void image(ImageSource image);
    }

    /**
     * Measures the values of the network on images. The result serves all targets and calibrators.
     *
     * @param images the images
     * @param progress is called for each image
     * @return how the values are distributed
     * @throws ElasticVisionException if an image cannot be decoded or the network fails
     */
    public Calibration calibrate(List<ImageSource> images, Progress progress) {
        try (CalibrationRun run = CalibrationRun.open(sound(file), info.preprocessing())) {
            for (ImageSource image : images) {
                run.add(image);
                progress.image(image);
            }
            return run.result();
        }
    }

    /**
     * Writes the int8 model, whole or not at all.
     *
     * @param output the file to write
     * @param calibration what was measured
     * @param options how it is done
     * @return the names of the layers that are computed in 8 bits, in the order of the network
     * @throws ElasticVisionException if the exclusion names a layer that is not there, or nothing is left to quantize
     */
    public List<String> write(Path output, Calibration calibration, QuantizationOptions options) {
        return write(output, options, value -> scale(value, calibration, options));
    }

    /**
     * Writes the int8 model with scales that are known, such as learned ones, whole or not at all.
     *
     * @param output the file to write
     * @param options how it is done
     * @param scales of the values that {@link Int8Places#scaledAs} names, of the kind that the target takes
     * @return the names of the layers that are computed in 8 bits, in the order of the network
     * @throws ElasticVisionException if the exclusion names a layer that is not there, or nothing is left to quantize
     */
    public List<String> write(Path output, QuantizationOptions options, Function<String, ActivationScale> scales) {
        OnnxModel model = prepared(options);
        QuantizedGraph quantized = QuantizedGraph.withScales(
                model.graph(), options.target(), options.weights(), options.exclusion()::matches, scales);
        if (quantized.layers().isEmpty()) {
            throw new ElasticVisionException("nothing is left to quantize; exclude less");
        }
        new OnnxModel(quantized.graph(), model.opset(), info.withPrecision(INT8).toMetadata()).write(output);
        return quantized.layers();
    }

    /**
     * {@return the scale that a value has by what was measured}
     *
     * @param value its name
     * @param calibration what was measured
     * @param options which target and calibrator
     */
    public static ActivationScale scale(String value, Calibration calibration, QuantizationOptions options) {
        return ActivationScale.of(calibration.range(value, options.calibrator()), options.target());
    }

    /**
     * {@return where the network goes through 8 bits}
     *
     * @param options which target, and what stays in float
     * @throws ElasticVisionException if the exclusion names a layer that is not there
     */
    public Int8Places places(QuantizationOptions options) {
        return Int8Places.of(prepared(options).graph(), options.target(), options.exclusion()::matches);
    }

    /** Passes change the graph, so each call has its own. */
    private OnnxModel prepared(QuantizationOptions options) {
        OnnxModel model = sound(file);
        QuantizedGraph.prepare(model.graph(), options.target());
        options.exclusion().check(model.graph());
        return model;
    }

    /**
     * The same with another view of photos, which the int8 model then carries.
     *
     * @param view that is measured and written, whatever the model says
     * @return the model, ready to be measured
     */
    public Quantization withView(View view) {
        return new Quantization(
                file, info.withPreprocessing(info.preprocessing().withView(view)));
    }

    /** {@return how photos are decoded to measure the network: as the model says, as stored where it does not} */
    public Orientation orientation() {
        return Orientation.of(info.preprocessing().view().or(View.STORED));
    }

    /** {@return the file that is quantized} */
    public Path file() {
        return file;
    }

    /** {@return what the model says of itself} */
    public ModelInfo info() {
        return info;
    }
}
