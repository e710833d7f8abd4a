import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.convert.Conversion;
import org.elasticvision.convert.ConversionOptions;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.ExportPrecision;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.calibration.Calibrator;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;

/**
 * What trained networks reach in fp32, fp16 and int8. Run from its source:
 * {@code java -cp … PrecisionAccuracy.java FOLDER [RUN DATA CALIBRATION]…}: the folder of a training run, the data that it is
 * measured on ({@code shapes}: the demo's pictures, drawn from another seed), and images to calibrate with.
 */
final class PrecisionAccuracy {
    private static final int IMAGES = 256;
    /** As the demo draws them, but others, and so many that a single one does not show in the figures. */
    private static final ShapesOptions SHAPES = new ShapesOptions(1, 5000, 48, 2);

    private final Path folder;

    private PrecisionAccuracy(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%-16s %-24s %6s %7s %7s %9s %11s %9s %9s%n",
                "task", "measure", "images", "fp32", "fp16", "int8", "percentile", "entropy", "tensorrt");
        PrecisionAccuracy accuracy = new PrecisionAccuracy(Path.of(arguments[0]));
        for (int i = 1; i < arguments.length; i += 3) {
            accuracy.measure(Path.of(arguments[i]), accuracy.data(arguments[i + 1]), Path.of(arguments[i + 2]));
        }
    }

    private Path data(String name) {
        if (!name.equals("shapes")) {
            return Path.of(name);
        }
        Path shapes = folder.resolve("shapes");
        ShapesDataset.write(shapes, SHAPES);
        return shapes;
    }

    private void measure(Path run, Path data, Path pictures) throws IOException {
        Path single = convert(run, ExportPrecision.FP32);
        Quantization quantization = Quantization.of(single);
        Evaluation evaluation = Evaluation.of(quantization.info(), data);
        List<ImageSource> chosen = ImageFiles.spread(ImageFiles.sources(List.of(pictures)), IMAGES);
        Calibration calibration = quantization.calibrate(chosen, image -> {});
        double reference = score(single, evaluation);
        List<Double> lost = new ArrayList<>();
        lost.add(score(convert(run, ExportPrecision.FP16), evaluation) - reference);
        QuantizationOptions cpu = QuantizationOptions.of(Int8Target.CPU);
        for (QuantizationOptions options : List.of(
                cpu,
                cpu.withCalibrator(Calibrator.PERCENTILE),
                cpu.withCalibrator(Calibrator.ENTROPY),
                QuantizationOptions.of(Int8Target.TENSORRT))) {
            Path model = folder.resolve("int8.onnx");
            quantization.write(model, calibration, options);
            lost.add(score(model, evaluation) - reference);
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %-24s %6d %6.2f%% %+7.2f %+9.2f %+11.2f %+9.2f %+9.2f%n",
                quantization.info().task(),
                quantization.info().task().scoreName(),
                evaluation.size(),
                reference,
                lost.get(0),
                lost.get(1),
                lost.get(2),
                lost.get(3),
                lost.get(4));
    }

    private Path convert(Path run, ExportPrecision precision) throws IOException {
        Path model = folder.resolve(precision + ".onnx");
        Files.deleteIfExists(model);
        ConversionOptions options = new ConversionOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BatchDimension.DYNAMIC,
                Opset.DEFAULT,
                true,
                precision);
        try (Checkpoint checkpoint = Checkpoint.open(run.resolve("model_best.pth.tar"))) {
            Conversion.convert(checkpoint, model, options);
        }
        return model;
    }

    private static double score(Path file, Evaluation evaluation) {
        int threads = Runtime.getRuntime().availableProcessors();
        ModelOptions options = ModelOptions.defaults().withThreads(1).withOrientation(Orientation.IGNORE_EXIF);
        try (Model<?> model = Model.open(file, options)) {
            return evaluation
                    .run(model, new Evaluation.Options(threads, false), done -> {})
                    .measures()
                    .score();
        }
    }
}
