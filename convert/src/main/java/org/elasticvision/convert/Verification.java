package org.elasticvision.convert;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.onnx.BatchDimension;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.runtime.Model;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.runtime.model.InputSize;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;

/**
 * Runs a model beside the literal export of the checkpoint that it is said to come from.
 *
 * <pre>{@code
 * try (Checkpoint checkpoint = Checkpoint.open(Path.of("resnext50_elastic.pth.tar"))) {
 *     Agreement agreement = Verification.verify(Path.of("resnext50_elastic.onnx"), checkpoint, 4, 0);
 *     System.out.println(agreement.relativeError() + ", " + 100 * agreement.top1() + " % same answers");
 * }
 * }</pre>
 */
public final class Verification {
    private static final int WAVES = 6;

    private Verification() {}

    /**
     * Compares the two on made-up pictures: waves and noise, normalised like photographs.
     *
     * @param model the model file
     * @param checkpoint an open checkpoint
     * @param pictures how many
     * @param seed for the pictures
     * @return how far the two are apart
     * @throws ModelException if the model is of another architecture, or has other classes or another kind of output
     *     than the checkpoint
     */
    public static Agreement verify(Path model, Checkpoint checkpoint, int pictures, long seed) {
        return verify(model, checkpoint, Optional.empty(), pictures, seed);
    }

    /**
     * The same with the weights of one of several entries.
     *
     * @param model the model file
     * @param checkpoint an open checkpoint
     * @param entry where in the checkpoint the weights are; empty for the only or usual ones
     * @param pictures how many
     * @param seed for the pictures
     * @return how far the two are apart
     * @throws ModelException if the model is of another architecture, or has other classes or another kind of output
     *     than the checkpoint
     */
    public static Agreement verify(Path model, Checkpoint checkpoint, Optional<String> entry, int pictures, long seed) {
        return verify(model, ModelOptions.defaults(), checkpoint, entry, pictures, seed);
    }

    /**
     * The same with the model in an engine, or in a precision, of one's choice. The checkpoint's own network runs in ONNX Runtime on the
     * CPU, in float32.
     *
     * @param model the model file
     * @param options how the model is opened
     * @param checkpoint an open checkpoint
     * @param entry where in the checkpoint the weights are; empty for the only or usual ones
     * @param pictures how many
     * @param seed for the pictures
     * @return how far the two are apart
     * @throws ModelException if the model is of another architecture, or has other classes or another kind of output
     *     than the checkpoint; if it cannot be opened so
     */
    public static Agreement verify(
            Path model, ModelOptions options, Checkpoint checkpoint, Optional<String> entry, int pictures, long seed) {
        try (TemporaryFolder folder = TemporaryFolder.create("verify")) {
            return compare(model, options, checkpoint, entry, folder.resolve("literal.onnx"), pictures, seed);
        }
    }

    private static Agreement compare(
            Path model,
            ModelOptions options,
            Checkpoint checkpoint,
            Optional<String> entry,
            Path literal,
            int pictures,
            long seed) {
        Agreement agreement = new Agreement();
        try (Model<?> actual = Model.open(model, options)) {
            ModelInfo info = actual.info();
            convertLiterally(model, info, checkpoint, entry, literal);
            try (Model<?> expected = Model.open(literal, ModelOptions.defaults().withProvider(Provider.CPU))) {
                TensorShape shape = expected.inputShape().withBatch(1);
                for (float[] picture : pictures(shape, pictures, seed)) {
                    Tensor input = new Tensor(shape, picture);
                    agreement.add(
                            expected.run(input).values(),
                            actual.run(input).values(),
                            info.labels().size());
                }
            }
        }
        return agreement;
    }

    /**
     * Converts the network of a checkpoint as a model's, without optimization: what the model is compared with.
     *
     * @param model the model file, for messages
     * @param info what it says of itself
     * @param checkpoint an open checkpoint
     * @param entry where in the checkpoint the weights are; empty for the only or usual ones
     * @param literal the ONNX file to write
     * @throws ModelException if the model is of another architecture, or has other classes or another kind of output
     *     than the checkpoint
     */
    public static void convertLiterally(
            Path model, ModelInfo info, Checkpoint checkpoint, Optional<String> entry, Path literal) {
        // Of one output the checkpoint cannot say what it is for; the model does.
        Optional<Task> task = Optional.of(info.task())
                .filter(said -> said == Task.MULTI_LABEL && info.labels().size() == 1);
        Recognition recognition = Recognition.of(checkpoint, entry, Optional.empty(), task);
        requireSameNetwork(model, info, checkpoint, recognition);
        ConversionOptions literally = new ConversionOptions(
                        Optional.of(recognition.architecture()),
                        Optional.of(info.task()),
                        Optional.of(info.labels()),
                        Optional.of(new InputSize(
                                info.preprocessing().height(),
                                info.preprocessing().width())),
                        BatchDimension.DYNAMIC,
                        Opset.DEFAULT,
                        false,
                        ExportPrecision.FP32)
                .withEntry(entry);
        Conversion.convert(checkpoint, literal, literally);
    }

    /** The two kinds of classifier are one network: which of them it is for is the model's to say. */
    private static void requireSameNetwork(Path model, ModelInfo info, Checkpoint checkpoint, Recognition recognition) {
        boolean modelSegments = info.task().isPerPixel();
        boolean checkpointSegments = recognition.task().isPerPixel();
        if (!recognition.architecture().id().equals(info.architecture())
                || recognition.classes() != info.labels().size()
                || modelSegments != checkpointSegments) {
            throw new ModelException(model + " is a " + info.architecture() + " for " + info.task() + " of "
                    + info.labels().size() + " classes, but " + checkpoint.file() + " holds a "
                    + recognition.architecture() + " for " + recognition.task() + " of " + recognition.classes()
                    + "; give the checkpoint it was made of");
        }
    }

    /**
     * Makes up pictures: waves and noise, normalised like photographs.
     *
     * @param shape of a network's input
     * @param count how many
     * @param seed what all random choices follow from
     * @return {@code [3, H, W]} each
     */
    public static List<float[]> pictures(TensorShape shape, int count, long seed) {
        Random random = new Random(seed);
        int height = shape.dimensions().get(2);
        int width = shape.dimensions().get(3);
        return Stream.generate(() -> picture(random, height, width))
                .limit(count)
                .toList();
    }

    private static float[] picture(Random random, int height, int width) {
        float[] values = new float[3 * height * width];
        for (int c = 0; c < 3; c++) {
            double[] wave = random.doubles(4L * WAVES, -1, 1).toArray();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double value = 0.3 * random.nextGaussian();
                    for (int w = 0; w < WAVES; w++) {
                        double phase = wave[4 * w] * y / height + wave[4 * w + 1] * x / width + wave[4 * w + 2];
                        value += wave[4 * w + 3] * Math.sin(2 * Math.PI * 3 * phase);
                    }
                    values[(c * height + y) * width + x] = (float) Math.max(-2.1, Math.min(2.6, value));
                }
            }
        }
        return values;
    }
}
