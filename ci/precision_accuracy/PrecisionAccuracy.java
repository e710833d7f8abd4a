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
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.model.Task;
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

    /** Percentage points that bf16 may lie from fp32, one engine's fp32 from the other's, and oneDNN's int8 from ONNX Runtime's. */
    private static final double MOST_APART = 0.1;

    private final Path folder;
    private final List<String> engines = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

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
        System.out.printf(
                "%n%-16s %-24s %6s %7s %7s %7s %7s %7s   (ORT: ONNX Runtime)%n%16s %24s %6s %7s %7s %7s %7s %7s%n",
                "task", "measure", "images", "fp32", "fp32", "bf16", "int8", "int8",
                "", "", "", "ORT", "oneDNN", "oneDNN", "ORT", "oneDNN");
        accuracy.engines.forEach(System.out::println);
        if (!accuracy.broken.isEmpty()) {
            accuracy.broken.forEach(System.err::println);
            System.exit(1);
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
        Path int8 = folder.resolve("int8-cpu.onnx");
        quantization.write(int8, calibration, cpu);
        compareEngines(run, single, int8, reference, evaluation, quantization.info().task());
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

    private void compareEngines(
            Path run, Path single, Path int8, double fp32, Evaluation evaluation, Task task) {
        double ours = score(single, evaluation, Provider.ONEDNN, InferencePrecision.FP32);
        double theirInt8 = score(int8, evaluation);
        double ourInt8 = score(int8, evaluation, Provider.ONEDNN, InferencePrecision.FP32);
        String bf16 = "-";
        try {
            double reduced = score(single, evaluation, Provider.ONEDNN, InferencePrecision.BF16);
            bf16 = String.format(Locale.ROOT, "%.2f%%", reduced);
            check(run + ": bf16 beside fp32", reduced, ours);
        } catch (ModelException e) { // a processor that does not multiply it
            System.err.println(e.getMessage());
        }
        check(run + ": oneDNN's fp32 beside ONNX Runtime's", ours, fp32);
        // Some answers near a tie change in either, and may happen to become right; what is nearer to fp32 is no loss.
        if (Math.abs(ourInt8 - fp32) > Math.abs(theirInt8 - fp32)) {
            check(run + ": oneDNN's int8 beside ONNX Runtime's", ourInt8, theirInt8);
        }
        engines.add(String.format(
                Locale.ROOT,
                "%-16s %-24s %6d %6.2f%% %6.2f%% %7s %6.2f%% %6.2f%%",
                task,
                task.scoreName(),
                evaluation.size(),
                fp32,
                ours,
                bf16,
                theirInt8,
                ourInt8));
    }

    private void check(String what, double actual, double expected) {
        if (!(Math.abs(actual - expected) <= MOST_APART)) {
            broken.add(String.format(
                    Locale.ROOT, "%s: %.2f and %.2f, more than %.1f points apart", what, actual, expected, MOST_APART));
        }
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
        return score(file, evaluation, Provider.CPU, InferencePrecision.FP32);
    }

    private static double score(Path file, Evaluation evaluation, Provider provider, InferencePrecision precision) {
        int threads = Runtime.getRuntime().availableProcessors();
        ModelOptions options = ModelOptions.defaults()
                .withThreads(1)
                .withOrientation(Orientation.IGNORE_EXIF)
                .withProvider(provider)
                .withPrecision(precision);
        try (Model<?> model = Model.open(file, options)) {
            return evaluation
                    .run(model, new Evaluation.Options(threads, false), done -> {})
                    .measures()
                    .score();
        }
    }
}
