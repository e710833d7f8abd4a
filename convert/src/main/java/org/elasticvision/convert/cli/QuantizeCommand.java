package org.elasticvision.convert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.convert.cli.conversion.CalibrationImages;
import org.elasticvision.convert.cli.conversion.Int8Step;
import org.elasticvision.convert.compare.LayerReport;
import org.elasticvision.convert.compare.ModelComparison;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.calibration.CalibrationCache;
import org.elasticvision.convert.quantize.calibration.Calibrator;
import org.elasticvision.convert.quantize.qdq.Exclusion;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.option.Given;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.cli.option.ProviderOptions;
import org.elasticvision.runtime.cli.option.ViewConverter;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic quantize}: a float32 model becomes an int8 model. */
@Command(
        name = "quantize",
        description = "Makes an int8 model from an fp32 model: a quarter of the size, and faster on CPUs. The ranges"
                + " of all values"
                + " are measured on images like those that it will see; 100 to 500 are enough, and"
                + " labels are not"
                + " needed.",
        footer = {
            "%nExamples:",
            "  elastic quantize resnext50_elastic.onnx photos/",
            "  elastic quantize --target tensorrt resnext50_elastic.onnx photos/",
            "  elastic quantize --auto --max-drop 0.5 --data imagenet/ resnext50_elastic.onnx photos/",
            "  elastic quantize --auto --data imagenet/ --provider onednn --inference-precision bf16 model.onnx photos/"
        })
public final class QuantizeCommand implements ElasticCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "An fp32 model that 'elastic convert' wrote.")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Images (JPEG, PNG, BMP, WebP, TIFF, PNM), or folders of them or of IDX files.")
    private List<Path> named;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The model to write (default: the model's name with .int8.onnx, for TensorRT"
                    + " .int8-tensorrt.onnx, beside it).")
    private Optional<Path> output;

    @Option(
            names = "--target",
            paramLabel = "cpu|tensorrt",
            defaultValue = "cpu",
            description = "What it is made for: ONNX Runtime on CPUs or TensorRT (default: ${DEFAULT-VALUE}).")
    private Int8Target target;

    @Option(
            names = "--calibrator",
            paramLabel = "minmax|percentile|entropy",
            defaultValue = "minmax",
            description =
                    "How a range is chosen from the values that were seen: all, all but one in 10,000 at either end,"
                            + " or the one that tells most about their distribution (default: ${DEFAULT-VALUE}).")
    private Calibrator calibrator;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "" + CalibrationImages.USUAL,
            description =
                    "How many of the images to calibrate with, spread over all of them (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--exclude",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Layers that stay in float: names, in which * stands for any characters, or operators such as Add.")
    private List<String> excluded = List.of();

    @Option(
            names = "--weights",
            paramLabel = "FORM",
            converter = Converters.ToInt8Weights.class,
            description =
                    "full, pair-safe or seven-bits. Without VNNI an x86 processor adds pairs of products in 16 bits:"
                            + " weights that are pair-safe cannot overflow these, at next to no loss (default: pair-safe for"
                            + " cpu, full for tensorrt).")
    private Optional<Int8Weights> weights;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where measurements are kept for the next time (default: ~/.cache/elasticvision/calibration).")
    private Optional<Path> cache;

    @Option(
            names = "--no-cache",
            description = "Measure again what was measured before with this model and these images.")
    private boolean noCache;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write a page with the error of each layer.")
    private Optional<Path> report;

    @Option(
            names = "--exif",
            paramLabel = ViewConverter.LABEL,
            converter = ViewConverter.class,
            description =
                    "Turn photos upright as their EXIF data say, or see them as they are stored, now and with the int8"
                            + " model (default: as the model file says; where it does not, as stored).")
    private Optional<View> view;

    @Mixin
    private AutoOptions auto;

    @Mixin
    private ProviderOptions provider;

    @Override
    public int order() {
        return 25;
    }

    @Override
    public Integer call() throws IOException {
        check();
        long start = System.nanoTime();
        Path model = output.orElseGet(() -> target.beside(file));
        try (Outputs outputs = new Outputs(spec)) {
            outputs.reads("the fp32 model", file);
            if (Files.exists(file)) {
                outputs.file("-o", model);
                report.ifPresent(page -> outputs.page("--report", page));
            }
            return quantize(model, start);
        }
    }

    private int quantize(Path model, long start) throws IOException {
        Quantization opened = Quantization.of(file);
        Quantization quantization = view.map(opened::withView).orElse(opened);
        Model.open(file).close(); // so that what cannot be run is refused before the work
        CalibrationImages known = CalibrationImages.of(named, images);
        Calibration calibration = calibration(quantization, known);
        QuantizationOptions defaults = QuantizationOptions.of(target);
        QuantizationOptions options = defaults.withCalibrator(calibrator)
                .withWeights(weights.orElse(defaults.weights()))
                .withExclusion(new Exclusion(excluded));
        List<String> layers = auto.isWanted()
                ? auto.run(quantization, calibration, options, model, known.chosen(), provider)
                : quantization.write(model, calibration, options);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %s, int8 for %s, %d layers in 8 bits, %.1f MB (%.1f %% of fp32), %.1f s%n",
                model,
                quantization.info().architecture(),
                target,
                layers.size(),
                Files.size(model) / 1e6,
                100.0 * Files.size(model) / Files.size(file),
                (System.nanoTime() - start) / 1e9);
        compare(model, known);
        return 0;
    }

    private void check() {
        if (images < 1) {
            throw wrong("--images " + images + " must be at least 1");
        }
        if (noCache) {
            Given.refuse(spec, "says where measurements are kept, and with --no-cache none are", "--cache");
        }
        auto.check();
        provider.check(List.of(file));
    }

    private Calibration calibration(Quantization quantization, CalibrationImages known) {
        List<ImageSource> chosen = known.chosen();
        CalibrationCache kept = cache.map(CalibrationCache::new).orElseGet(CalibrationCache::ofUser);
        Path cached = kept.file(file, quantization.orientation(), chosen);
        Optional<Calibration> before = noCache ? Optional.empty() : kept.read(cached);
        if (before.isPresent()) {
            say("calibrated before with "
                    + (chosen.size() == 1 ? "this image" : "these " + CalibrationImages.count(chosen)) + ": " + cached);
            return before.get();
        }
        Calibration calibration = Int8Step.calibrate(quantization, known);
        if (!noCache) {
            try {
                kept.write(cached, calibration);
            } catch (ElasticVisionException e) {
                say("the calibration is not kept for the next time: " + e.getMessage());
            }
        }
        return calibration;
    }

    private void compare(Path model, CalibrationImages known) {
        ModelComparison comparison = Int8Step.compare(file, model, known);
        PrintWriter out = spec.commandLine().getOut();
        out.println(known.where() + ":");
        ComparisonText.print(out, comparison);
        report.ifPresent(page -> LayerReport.write(
                page,
                "The layers of " + model,
                List.of(
                        "In int8, beside " + file + ", on " + CalibrationImages.count(known.compared()) + ".",
                        "The whole network: "
                                + LayerReport.decibels(comparison.agreement().signalToNoise()) + "."),
                Layers.compare(file, model, ImageFiles.spread(known.compared(), Layers.ENOUGH))));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
