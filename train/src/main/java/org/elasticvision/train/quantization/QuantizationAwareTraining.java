package org.elasticvision.train.quantization;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.calibration.CalibrationRun;
import org.elasticvision.convert.quantize.qdq.ActivationScale;
import org.elasticvision.runtime.io.TemporaryFolder;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.data.loading.LoaderOptions;
import org.elasticvision.train.outcome.ModelExport;
import org.elasticvision.train.progress.Scores;
import org.elasticvision.train.progress.TrainingListener;
import org.elasticvision.train.settings.QuantizedTraining;
import org.elasticvision.train.settings.TrainingJob;
import org.elasticvision.train.settings.loading.TrainingBatches;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.device.TorchThreads;
import org.elasticvision.train.torch.quantized.LearnedNetwork;
import org.elasticvision.train.torch.quantized.QuantizedTrainer;
import org.elasticvision.train.torch.tensor.Loss;

/**
 * Trains a network on in fake quantization, and writes the int8 model of what was learned.
 *
 * <pre>{@code
 * QuantizedTraining settings = QuantizedTraining.of(Int8Target.CPU);
 * QuantizationAwareTraining.run(job, settings, job.model(), Path.of("model.int8.onnx"), new TrainingListener() {}, new StopSignal());
 * }</pre>
 */
public final class QuantizationAwareTraining {
    private static final int CALIBRATION_IMAGES = 256;
    private static final int COMPARED_IMAGES = 64;

    private final TrainingJob job;
    private final QuantizedTraining settings;
    private final TrainingListener listener;
    private final StopSignal stop;

    private QuantizationAwareTraining(
            TrainingJob job, QuantizedTraining settings, TrainingListener listener, StopSignal stop) {
        this.job = job;
        this.settings = settings;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * The result.
     *
     * @param before scores of the quantized network before it was trained on: what {@code elastic quantize} would give
     * @param after scores of the network that was written, in fake quantization
     * @param layers computed in 8 bits
     * @param compared the written model in ONNX Runtime beside the network in fake quantization
     */
    public record Result(Scores before, Scores after, int layers, ModelExport.Compared compared) {
        /**
         * The part of decisions, images or pixels, that must be the same, or else {@link #SIGNAL_TO_NOISE}. Taken literally, the model computes what
         * LibTorch does to the last bit but for ties (a test holds that). ONNX Runtime fuses pairs with what is between them, and its integer
         * kernels round elsewhere: a value moves to the next of 256 codes now and then, and an answer near a tie with it.
         */
        public static final double SAME_ANSWERS = 0.95;

        /**
         * Power of the outputs over that of their differences, in dB: fused kernels leave 30 to 50 of trained networks, 20 of some that have learned
         * next to nothing; a pair in a wrong place or of a wrong scale leaves about 0.
         */
        public static final double SIGNAL_TO_NOISE = 10;

        /** {@return whether the two agree as well as they should} */
        public boolean agrees() {
            return compared.images() == 0
                    || compared.agreement().top1() >= SAME_ANSWERS
                    || compared.agreement().signalToNoise() >= SIGNAL_TO_NOISE;
        }
    }

    /**
     * Does it all. The best network by the validation images is written, of those after each epoch and the one before the first.
     *
     * @param job whose images, loss and device are used
     * @param settings how it is trained on
     * @param fp32 the exported model of the run's network
     * @param int8 the file to write, whole or not at all
     * @param listener receives progress
     * @param stop ends it when asked to: then nothing is written
     * @return the result; empty if it was asked to stop
     * @throws org.elasticvision.runtime.base.ElasticVisionException if the model or the data do not allow it, or training diverges
     */
    public static Optional<Result> run(
            TrainingJob job,
            QuantizedTraining settings,
            Path fp32,
            Path int8,
            TrainingListener listener,
            StopSignal stop) {
        return new QuantizationAwareTraining(job, settings, listener, stop).run(fp32, int8);
    }

    private Optional<Result> run(Path fp32, Path int8) {
        Quantization quantization = Quantization.of(fp32);
        QuantizationOptions options = settings.quantization();
        OnnxModel model = OnnxModel.read(fp32);
        int readers = job.settings().readers().orElseGet(TorchThreads::get);
        boolean skipBad = job.settings().loading().skipBad();
        LoaderOptions learning = TrainingBatches.of(job, readers).withSkipBad(skipBad);
        LoaderOptions measuring =
                LoaderOptions.validation(job.recipe().microBatchSize(), readers).withSkipBad(skipBad);
        Loss loss = new Loss(
                job.recipe().labelSmoothing(),
                job.recipe().classWeights().of(job.training(), job.labels().size()));
        try (Loader training = new Loader(job.training(), learning, listener::note);
                Loader validation = new Loader(job.validation(), measuring, listener::note)) {
            Optional<Calibration> calibration = calibrate(model, quantization, training);
            if (calibration.isEmpty()) {
                return Optional.empty();
            }
            Function<String, ActivationScale> scales = value -> Quantization.scale(value, calibration.get(), options);
            try (QuantizedTrainer trainer = new QuantizedTrainer(
                    model,
                    quantization.places(options),
                    options,
                    scales,
                    loss,
                    job.recipe().accumulationSteps(),
                    job.torch())) {
                QuantizedLoop loop = new QuantizedLoop(job, settings, trainer, training, validation, listener, stop);
                Optional<QuantizedLoop.Best> best = loop.run();
                if (best.isEmpty()) {
                    return Optional.empty();
                }
                trainer.restore(best.get().network());
                return write(best.get(), fp32, int8, trainer);
            }
        }
    }

    /** The ranges over training images, varied as in the first epoch, but not mixed: as the model will see them, with their full contrast. */
    private Optional<Calibration> calibrate(OnnxModel model, Quantization quantization, Loader training) {
        int most = Math.min(CALIBRATION_IMAGES, training.data().size());
        int done = 0;
        try (CalibrationRun run = CalibrationRun.open(model, quantization.info().preprocessing());
                Epoch epoch = training.unmixedEpoch(0)) {
            for (Batch batch = epoch.next(); batch != null && done < most; batch = epoch.next()) {
                int length = Batch.CHANNELS * batch.height() * batch.width();
                FloatBuffer images = batch.images().duplicate();
                for (int i = 0; i < batch.size() && done < most; i++) {
                    if (stop.isStopped()) {
                        return Optional.empty();
                    }
                    float[] pixels = new float[length];
                    images.get(i * length, pixels);
                    run.add(pixels, "training image " + (done + 1));
                    done++;
                }
            }
            training.requireSome(done, "training");
            return Optional.of(run.result());
        }
    }

    private Optional<Result> write(QuantizedLoop.Best best, Path fp32, Path int8, QuantizedTrainer trainer) {
        try (TemporaryFolder folder = TemporaryFolder.create("qat")) {
            LearnedNetwork network = best.network();
            Path learned = folder.resolve("learned.onnx");
            network.into(OnnxModel.read(fp32)).write(learned);
            Path written = folder.resolve("learned.int8.onnx");
            Quantization quantized = Quantization.of(learned);
            int layers = quantized
                    .write(written, settings.quantization(), network.scales()::get)
                    .size();
            ModelExport.Compared compared = ModelExport.compare(
                    written, quantized.info(), trainer::logits, job.validation(), COMPARED_IMAGES, stop);
            if (stop.isStopped()) {
                return Optional.empty();
            }
            quantized.write(int8, settings.quantization(), network.scales()::get);
            return Optional.of(new Result(best.before(), best.after(), layers, compared));
        }
    }
}
