package org.elasticvision.runtime;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.image.Orientation;
import org.elasticvision.runtime.image.Preprocessor;
import org.elasticvision.runtime.image.pixels.DecodedImage;
import org.elasticvision.runtime.image.pixels.Letterbox;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.session.BufferPool;
import org.elasticvision.runtime.session.SessionChecks;

/**
 * A model file that is open: images go through the preprocessing into batches, batches through the engine. Owns the engine.
 */
final class ModelSession implements AutoCloseable {
    private final Path file;
    private final Engine engine;
    private final ModelInfo info;
    private final Preprocessor preprocessor;
    private final Orientation orientation;
    private final boolean fastDecode;
    private final int batch;
    private final BufferPool pool;
    private final StageListener stages;

    private ModelSession(Path file, Engine engine, ModelInfo info, ModelOptions options) {
        this.file = file;
        this.engine = engine;
        this.info = info;
        this.preprocessor =
                new Preprocessor(info.preprocessing(), options.engine().effectiveThreads());
        this.orientation = options.orientation()
                .orElseGet(() -> Orientation.of(info.preprocessing().view()));
        this.fastDecode = options.fastDecode();
        this.stages = options.stages();
        this.batch = hasFixedBatch() ? engine.inputShape().batch() : options.batch();
        this.pool = new BufferPool(
                Math.multiplyExact(batch, engine.inputShape().itemElements()),
                Math.multiplyExact(batch, engine.outputShape().itemElements()));
    }

    static ModelSession open(Path file, ModelOptions options) {
        Objects.requireNonNull(file, "file");
        Engine engine =
                Engine.open(file, Objects.requireNonNull(options, "options").engine());
        try {
            ModelInfo info = ModelInfo.fromMetadata(file.toString(), engine.metadata());
            ModelInfo adjusted = info.withPreprocessing(Objects.requireNonNull(
                    options.preprocessing().apply(info.preprocessing()), "the changed preprocessing"));
            SessionChecks.check(file, adjusted, engine.inputShape(), engine.outputShape());
            return new ModelSession(file, engine, adjusted, options);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /** Makes an answer of one item of the output, which is reused after the call. */
    interface Reader<A> {
        /**
         * Reads what is needed; nothing of the output may be kept.
         *
         * @param output the item's scores from index 0
         * @param image as it was given (turned upright where asked for), its pixels perhaps fewer than its size says
         * @param placement where it lies in the network's input
         * @throws ArithmeticException if a score that matters is not a number
         */
        A read(FloatBuffer output, DecodedImage image, Letterbox placement);
    }

    <A> List<A> predict(List<? extends ImageSource> images, Reader<A> reader) {
        List<A> answers = new ArrayList<>(images.size());
        for (int from = 0; from < images.size(); from += batch) {
            answers.addAll(predictBatch(images.subList(from, Math.min(from + batch, images.size())), reader));
        }
        return answers;
    }

    private <A> List<A> predictBatch(List<? extends ImageSource> sources, Reader<A> reader) {
        try (BufferPool.Buffers buffers = pool.borrow()) {
            List<DecodedImage> images = new ArrayList<>(sources.size());
            List<Letterbox> placements = new ArrayList<>(sources.size());
            StageClock clock = StageClock.startFor(stages);
            for (int i = 0; i < sources.size(); i++) {
                DecodedImage image = decode(sources.get(i));
                clock.decoded();
                placements.add(preprocessor.write(image, buffers.input(), i * preprocessor.elementCount()));
                clock.preprocessed();
                images.add(image);
            }
            run(buffers, sources.size());
            clock.inferred();
            List<A> answers = new ArrayList<>(sources.size());
            int elements = outputShape().itemElements();
            for (int i = 0; i < sources.size(); i++) {
                FloatBuffer output = buffers.output().slice(i * elements, elements);
                answers.add(read(reader, output, images.get(i), placements.get(i)));
            }
            clock.answered(sources.size());
            return answers;
        }
    }

    private DecodedImage decode(ImageSource source) {
        return fastDecode
                ? preprocessor.decodeReduced(source, orientation)
                : DecodedImage.of(source.decode(orientation));
    }

    /** Runs ready-made inputs of any number. */
    Tensor run(Tensor input) {
        Objects.requireNonNull(input, "input");
        int count = input.shape().batch();
        if (!input.shape().equals(inputShape().withBatch(count))) {
            throw new ModelException(file + " takes an input of shape "
                    + inputShape().withBatch(TensorShape.ANY) + ", not " + input.shape());
        }
        int inputElements = inputShape().itemElements();
        int outputElements = outputShape().itemElements();
        float[] output = new float[Math.multiplyExact(count, outputElements)];
        try (BufferPool.Buffers buffers = pool.borrow()) {
            for (int from = 0; from < count; from += batch) {
                int items = Math.min(batch, count - from);
                buffers.input().put(0, input.values(), from * inputElements, items * inputElements);
                run(buffers, items);
                buffers.output().get(0, output, from * outputElements, items * outputElements);
            }
        }
        return new Tensor(outputShape().withBatch(count), output);
    }

    /** A fixed batch is filled up with whatever its buffer held before; nobody reads those answers. */
    private void run(BufferPool.Buffers buffers, int items) {
        engine.run(buffers.input(), buffers.output(), hasFixedBatch() ? batch : items);
    }

    private boolean hasFixedBatch() {
        return engine.inputShape().batch() != TensorShape.ANY;
    }

    private <A> A read(Reader<A> reader, FloatBuffer output, DecodedImage image, Letterbox placement) {
        try {
            return reader.read(output, image, placement);
        } catch (ArithmeticException e) {
            throw new ModelException(
                    file + " answered with values that are not numbers: its weights are damaged, or " + info.precision()
                            + " is too narrow for them; convert it again, in fp32",
                    e);
        }
    }

    Path file() {
        return file;
    }

    ModelInfo info() {
        return info;
    }

    int batch() {
        return batch;
    }

    Orientation orientation() {
        return orientation;
    }

    TensorShape inputShape() {
        return engine.inputShape();
    }

    TensorShape outputShape() {
        return engine.outputShape();
    }

    Optional<Observation> observation() {
        return engine.observation();
    }

    Optional<EngineChoice> choice() {
        return engine.choice();
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return engine.toString();
    }
}
