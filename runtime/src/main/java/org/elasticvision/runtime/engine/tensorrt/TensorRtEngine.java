package org.elasticvision.runtime.engine.tensorrt;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.elasticvision.runtime.base.CloseGuard;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.DirectBuffers;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.file.EngineDescription;
import org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine;
import org.elasticvision.runtime.engine.tensorrt.natives.Owner;

/**
 * A TensorRT engine file on an NVIDIA GPU.
 *
 * <p>Any number of threads may call it: they share a pool of at most two execution contexts, and wait for one. Batches that
 * are larger than the engine's largest are run in several parts; where its smallest is larger than a batch, the rest is
 * filled up and thrown away.
 */
final class TensorRtEngine implements Engine {
    private final Path file;
    private final CloseGuard guard;
    private final BatchRange batch;
    private final TensorShape inputShape;
    private final TensorShape outputShape;
    private final Map<String, String> metadata;
    private final ContextPool contexts;
    private final Owner owner;

    private TensorRtEngine(EngineCheck check, NativeEngine engine, ContextPool contexts, Owner owner) {
        this.file = check.file();
        this.guard = new CloseGuard(file.toString());
        this.batch = check.description().batch();
        int dimension = batch.isFixed() ? batch.max() : TensorShape.ANY;
        this.inputShape = engine.inputShape().withBatch(dimension);
        this.outputShape = engine.outputShape().withBatch(dimension);
        this.metadata = check.description().metadata();
        this.contexts = contexts;
        this.owner = owner;
    }

    /**
     * Opens an engine file with the description beside it, {@link EngineDescription#beside}.
     *
     * @param file the file
     * @param gpu counted from 0
     * @return the open engine
     * @throws ModelException where one of the two is missing or damaged, there is no GPU or no TensorRT, or the file
     *     was built for another GPU or TensorRT: then with the command that builds it again
     */
    static Engine open(Path file, int gpu) {
        return open(file, gpu, new NvidiaPlatform());
    }

    static Engine open(Path file, int gpu, Platform platform) {
        EngineCheck check = EngineCheck.of(file);
        check.platform(platform, gpu);
        Owner owner = new Owner();
        try {
            NativeEngine engine =
                    owner.own(platform.load(file, gpu, check.description().versionCompatible()));
            if (!engine.batch().equals(check.description().batch())) {
                throw check.refused("takes batches of " + engine.batch() + ", but " + EngineDescription.beside(file)
                        + " says " + check.description().batch());
            }
            ContextPool contexts = owner.own(new ContextPool(engine));
            return new TensorRtEngine(check, engine, contexts, owner);
        } catch (RuntimeException | Error e) {
            owner.closeAfter(e);
            throw e;
        }
    }

    @Override
    public TensorShape inputShape() {
        return inputShape;
    }

    @Override
    public TensorShape outputShape() {
        return outputShape;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void run(FloatBuffer input, FloatBuffer output, int items) {
        if (batch.isFixed() ? items != batch.max() : items < 1) {
            throw new IllegalArgumentException("a batch of " + items + " does not fit " + file + ", which takes "
                    + (batch.isFixed() ? "exactly " + batch.max() : "1 or more"));
        }
        int inputElements = inputShape.itemElements();
        int outputElements = outputShape.itemElements();
        FloatBuffer in = DirectBuffers.view("input", input, Math.multiplyExact(items, inputElements));
        FloatBuffer out = DirectBuffers.view("output", output, Math.multiplyExact(items, outputElements));
        guard.enter(() -> {
            for (int from = 0; from < items; from += batch.max()) {
                int part = Math.min(batch.max(), items - from);
                FloatBuffer partIn = in.slice(from * inputElements, part * inputElements);
                FloatBuffer partOut = out.slice(from * outputElements, part * outputElements);
                contexts.lend(context -> context.run(partIn, partOut, Math.max(part, batch.min())));
            }
        });
    }

    @Override
    public void close() {
        guard.close(owner::close);
    }

    @Override
    public String toString() {
        return "TensorRT engine for " + file;
    }
}
