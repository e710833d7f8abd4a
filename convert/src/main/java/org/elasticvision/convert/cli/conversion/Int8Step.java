package org.elasticvision.convert.cli.conversion;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.output.Progress;

/** The parts of {@code elastic quantize} that other commands take too, and all of it with its defaults. */
public final class Int8Step {
    private Int8Step() {}

    /**
     * Quantizes as {@code elastic quantize} does by default, but keeps no measurement.
     *
     * @param fp32 the model
     * @param model to write
     * @param target what runs it
     * @param images to calibrate with
     * @return a line about what it has lost
     */
    public static String write(Path fp32, Path model, Int8Target target, CalibrationImages images) {
        Quantization quantization = Quantization.of(fp32);
        List<String> layers =
                quantization.write(model, calibrate(quantization, images), QuantizationOptions.of(target));
        ModelComparison comparison = compare(fp32, model, images);
        return String.format(
                Locale.ROOT,
                "int8 for %s, calibrated with %s: %d layers in 8 bits, signal/noise %.1f dB %s",
                target,
                CalibrationImages.count(images.chosen()),
                layers.size(),
                comparison.agreement().signalToNoise(),
                images.where());
    }

    /** Measures the network, with a bar on a terminal. */
    public static Calibration calibrate(Quantization quantization, CalibrationImages images) {
        try (Progress progress = Progress.of("calibrate", images.chosen().size(), true)) {
            return quantization.calibrate(images.chosen(), image -> progress.step());
        }
    }

    /** {@return both models' answers to the images that are there for it} */
    public static ModelComparison compare(Path fp32, Path int8, CalibrationImages images) {
        ModelOptions options = ModelOptions.defaults().asPublished();
        try (Model<?> expected = Model.open(fp32, options);
                Model<?> actual = Model.open(int8, options)) {
            ModelComparison comparison = new ModelComparison(expected, actual);
            images.compared().forEach(comparison::add);
            return comparison;
        }
    }
}
