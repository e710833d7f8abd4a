import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.quantize.qdq.Int8Weights;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.evaluation.Evaluation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.Target;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.progress.EpochSummary;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.quantization.QuantizationAwareTraining;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.RunSettings;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.elasticvision.train.stop.StopSignal;

/**
 * What trained networks reach in fp32, quantized, and trained on in fake quantization. Run from its source:
 * {@code java -cp … QatAccuracy.java FOLDER [RUN DATA CALIBRATION MOST EPOCHS]…}: the folder of a finished training run, the data that it is
 * measured on ({@code shapes}: the demo's pictures, drawn from another seed), images that {@code quantize} calibrates with, how many
 * training images quantization-aware training has at most, and for how many epochs.
 */
final class QatAccuracy {
    private static final int IMAGES = 256;
    /** As the demo draws them, but others, and so many that a single one does not show in the figures. */
    private static final ShapesOptions SHAPES = new ShapesOptions(1, 5000, 48, 2);

    /** Points below fp32 that a model after quantization-aware training may be. */
    private static final double MOST_LOST = 0.05;

    private final Path folder;
    private final List<String> missed = new ArrayList<>();

    private QatAccuracy(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) {
        QatAccuracy accuracy = new QatAccuracy(Path.of(arguments[0]));
        System.out.printf(
                "%-15s %-14s %6s %7s   %-21s %9s %7s%n", "task", "measure", "images", "fp32", "int8", "quantize", "QAT");
        for (int i = 1; i < arguments.length; i += 5) {
            accuracy.measure(
                    Path.of(arguments[i]),
                    accuracy.data(arguments[i + 1]),
                    Path.of(arguments[i + 2]),
                    Integer.parseInt(arguments[i + 3]),
                    Integer.parseInt(arguments[i + 4]));
        }
        if (!accuracy.missed.isEmpty()) {
            accuracy.missed.forEach(System.err::println);
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

    private void measure(Path run, Path data, Path pictures, int most, int epochs) {
        Path fp32 = run.resolve("model.onnx");
        Quantization quantization = Quantization.of(fp32);
        Evaluation evaluation = Evaluation.of(quantization.info(), data);
        List<ImageSource> chosen = ImageFiles.spread(ImageFiles.sources(List.of(pictures)), IMAGES);
        Calibration calibration = quantization.calibrate(chosen, image -> {});
        double reference = score(fp32, evaluation);
        TrainingJob job = job(run, most);
        for (Int8Target target : Int8Target.values()) {
            QuantizedTraining usual = QuantizedTraining.of(target);
            List<Int8Weights> forms = target == Int8Target.CPU
                    ? List.of(usual.weights(), Int8Weights.SEVEN_BITS)
                    : List.of(usual.weights());
            for (Int8Weights form : forms) {
                QuantizedTraining settings =
                        new QuantizedTraining(target, form, epochs, usual.learningRate());
                Path quantized = folder.resolve("int8.onnx");
                quantization.write(quantized, calibration, settings.quantization());
                double before = score(quantized, evaluation);
                Path trained = folder.resolve("qat.onnx");
                QuantizationAwareTraining.Result result = QuantizationAwareTraining.run(
                                job, settings, fp32, trained, new Epochs(), new StopSignal())
                        .orElseThrow();
                double after = score(trained, evaluation);
                System.err.printf(
                        Locale.ROOT,
                        "  %s before, %s after in fake quantization; ONNX Runtime beside LibTorch: %.1f dB, %.2f %% same, %.1e%n",
                        result.before().summary(),
                        result.after().summary(),
                        result.compared().agreement().signalToNoise(),
                        100 * result.compared().agreement().top1(),
                        result.compared().agreement().relativeError());
                String name = target + ", " + form.id();
                System.out.printf(
                        Locale.ROOT,
                        "%-15s %-14s %6d %6.2f%%   %-21s %+9.2f %+7.2f%n",
                        job.task(),
                        job.task().scoreName(),
                        evaluation.size(),
                        reference,
                        name,
                        before - reference,
                        after - reference);
                if (after < reference - MOST_LOST) {
                    missed.add(String.format(
                            Locale.ROOT, "%s, %s: %.2f below fp32, more than %.2f", run, name, reference - after, MOST_LOST));
                }
            }
        }
    }

    private static final class Epochs implements TrainingListener {
        @Override
        public void epoch(EpochSummary summary) {
            System.err.printf(
                    Locale.ROOT,
                    "  %d/%d loss %.4f err %.2f | val loss %.4f %s%s, %d s%n",
                    summary.epoch(),
                    summary.epochs(),
                    summary.training().loss(),
                    summary.training().error(),
                    summary.validation().loss(),
                    summary.validation().summary(),
                    summary.best() ? " best" : "",
                    summary.took().toSeconds());
        }
    }

    private static TrainingJob job(Path run, int most) {
        try (TrainingCheckpoint checkpoint = TrainingCheckpoint.open(run.resolve("checkpoint.pth.tar"))) {
            TrainingJob job = RunSettings.of(checkpoint).open(run, line -> {});
            return most >= job.training().size()
                    ? job
                    : new TrainingJob(
                            job.settings(), new Part(job.training(), most), job.validation(), job.torch(), run);
        }
    }

    private static double score(Path file, Evaluation evaluation) {
        int threads = Runtime.getRuntime().availableProcessors();
        ModelOptions options = ModelOptions.defaults()
                .withThreads(1)
                .withOrientation(Orientation.IGNORE_EXIF)
                .withProvider(Provider.CPU);
        try (Model<?> model = Model.open(file, options)) {
            return evaluation
                    .run(model, new Evaluation.Options(threads, false), done -> {})
                    .measures()
                    .score();
        }
    }

    /** The first examples of a data set. */
    private record Part(TrainingData all, int size) implements TrainingData {
        @Override
        public String name(int index) {
            return all.name(index);
        }

        @Override
        public int height() {
            return all.height();
        }

        @Override
        public int width() {
            return all.width();
        }

        @Override
        public Target load(int index, RandomGenerator random, FloatBuffer images, int offset) {
            return all.load(index, random, images, offset);
        }
    }
}
