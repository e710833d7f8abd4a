package org.elasticvision.train.outcome;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.elasticvision.convert.Conversion;
import org.elasticvision.convert.ConversionOptions;
import org.elasticvision.convert.checkpoint.Checkpoint;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.compare.Agreement;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.network.Network;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.train.checkpoint.TrainingCheckpoint;
import org.elasticvision.train.data.Batch;
import org.elasticvision.train.data.TrainingData;
import org.elasticvision.train.data.loading.Epoch;
import org.elasticvision.train.data.loading.Loader;
import org.elasticvision.train.data.loading.LoaderOptions;
import org.elasticvision.train.stop.StopSignal;
import org.elasticvision.train.torch.TorchTrainer;
import org.elasticvision.train.torch.device.TorchOptions;

/** Writes a trained network as an ONNX model, and holds the model's answers against LibTorch's. */
public final class ModelExport {
    private static final int BATCH = 8;

    private ModelExport() {}

    /**
     * What was written.
     *
     * @param info what the model says of itself
     * @param images on which both were asked
     * @param relativeError the largest difference of raw outputs, as a part of the largest output
     * @param sameAnswers part of the images or pixels to which both give the same class first
     */
    public record Export(ModelInfo info, int images, double relativeError, double sameAnswers) {
        /** What rounding in another order can make of float32 outputs. */
        public static final double TOLERANCE = 1e-3;

        /** {@return whether the two agree as well as they should} */
        public boolean agrees() {
            return relativeError <= TOLERANCE;
        }
    }

    /**
     * Converts a checkpoint of a run, the moving average of its weights where it keeps one, and checks the model on validation images.
     *
     * @param checkpoint the checkpoint
     * @param model the file to write
     * @param validation labelled images
     * @param images at most so many are compared
     * @return what was written, and how well it agrees
     * @throws ElasticVisionException if the checkpoint cannot be converted or an image not be read
     */
    public static Export export(Path checkpoint, Path model, TrainingData validation, int images) {
        return export(checkpoint, model, validation, images, new StopSignal());
    }

    /**
     * Converts a checkpoint of a run and checks the model on validation images, until it is asked to stop: the model is whole then,
     * and compared on fewer images.
     *
     * @param checkpoint the checkpoint
     * @param model the file to write
     * @param validation labelled images
     * @param images at most so many are compared
     * @param stop ends the comparison early when asked to
     * @return what was written, and how well it agrees
     * @throws ElasticVisionException if the checkpoint cannot be converted or an image not be read
     */
    public static Export export(Path checkpoint, Path model, TrainingData validation, int images, StopSignal stop) {
        try (Checkpoint opened = Checkpoint.open(checkpoint)) {
            Optional<String> average = TrainingCheckpoint.averageEntry(opened);
            ModelInfo info = Conversion.convert(
                    opened, model, ConversionOptions.defaults().withEntry(average));
            Network network = Architecture.of(info.architecture())
                    .network(info.task(), info.labels().size());
            StateDict state = average.map(entry -> opened.entries().get(entry).withoutParallelPrefix())
                    .orElseGet(opened::stateDict);
            try (TorchTrainer torch =
                    TorchTrainer.answering(network, name -> state.get(name).toFloats(), TorchOptions.defaults())) {
                Compared compared = compare(model, info, torch::logits, validation, images, stop);
                return new Export(
                        info,
                        compared.images(),
                        compared.agreement().relativeError(),
                        compared.agreement().top1());
            }
        }
    }

    /**
     * A model's answers beside another's.
     *
     * @param images on which both were asked
     * @param agreement of their raw outputs
     */
    public record Compared(int images, Agreement agreement) {}

    /**
     * Asks a model and LibTorch about validation images.
     *
     * @param model the file
     * @param info what it says of itself
     * @param expected LibTorch's raw outputs for a batch
     * @param validation labelled images
     * @param images at most so many are compared
     * @param stop ends the comparison early when asked to
     * @return how near the model is to LibTorch
     */
    public static Compared compare(
            Path model,
            ModelInfo info,
            Function<Batch, float[]> expected,
            TrainingData validation,
            int images,
            StopSignal stop) {
        Agreement agreement = new Agreement();
        int done = 0;
        LoaderOptions options = LoaderOptions.validation(BATCH, 1).withSkipBad(true);
        try (Engine engine = Engine.open(model, EngineOptions.defaults().withProvider(Provider.CPU));
                Loader loader = new Loader(validation, options, line -> {});
                Epoch epoch = loader.epoch(0)) {
            for (Batch batch = epoch.next();
                    batch != null && done < images && !stop.isStopped();
                    batch = epoch.next()) {
                float[] logits = expected.apply(batch);
                FloatBuffer output = ByteBuffer.allocateDirect(logits.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                engine.run(batch.images().duplicate(), output, batch.size());
                float[] actual = new float[logits.length];
                output.rewind().get(actual);
                add(agreement, logits, actual, batch.size(), info.labels().size());
                done += batch.size();
            }
        }
        return new Compared(done, agreement);
    }

    private static void add(Agreement agreement, float[] expected, float[] actual, int images, int classes) {
        int length = expected.length / images;
        for (int i = 0; i < images; i++) {
            agreement.add(
                    Arrays.copyOfRange(expected, i * length, (i + 1) * length),
                    Arrays.copyOfRange(actual, i * length, (i + 1) * length),
                    classes);
        }
    }
}
