package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;

/** An engine in TensorRT. Owns the log, the runtime and the engine, and frees them in the opposite order. */
final class LoadedEngine implements NativeEngine {
    private final Path file;
    private final int gpu;
    private final TensorRtLog log;
    private final ICudaEngine engine;
    private final EngineSignature signature;
    private final Owner owner;

    private LoadedEngine(
            Path file, int gpu, TensorRtLog log, ICudaEngine engine, EngineSignature signature, Owner owner) {
        this.file = file;
        this.gpu = gpu;
        this.log = log;
        this.engine = engine;
        this.signature = signature;
        this.owner = owner;
    }

    /** See {@link NativeEngine#load}. Without a GPU this would crash the JVM. */
    static LoadedEngine load(Path file, int gpu, boolean hostCode) {
        CudaCalls.select(gpu);
        Owner owner = new Owner();
        try {
            TensorRtLog log = new TensorRtLog();
            owner.add(log::close);
            IRuntime runtime = made(nvinfer.createInferRuntime(log), "a TensorRT runtime", log);
            owner.add(() -> TensorRtObjects.delete(runtime));
            if (hostCode) {
                runtime.setEngineHostCodeAllowed(true);
            }
            ICudaEngine engine = deserialize(file, runtime, log);
            owner.add(() -> TensorRtObjects.delete(engine));
            return new LoadedEngine(file, gpu, log, engine, EngineSignature.of(file, engine), owner);
        } catch (RuntimeException | Error e) {
            owner.closeAfter(e);
            throw e;
        }
    }

    private static ICudaEngine deserialize(Path file, IRuntime runtime, TensorRtLog log) {
        try (NativeFile contents = new NativeFile(file)) {
            Pointer bytes = contents.address();
            ICudaEngine engine = runtime.deserializeCudaEngine(bytes, bytes.capacity());
            if (engine == null) {
                throw new ModelException(file + " cannot be loaded by TensorRT: " + log.summary()
                        + "; build it again with" + " 'elastic build-engine'");
            }
            return engine;
        }
    }

    /** TensorRT answers with null where it has not the memory for something. */
    private static <T> T made(T object, String what, TensorRtLog log) {
        if (object == null) {
            throw new ModelException(what + " could not be made (" + log.summary()
                    + "); end other programs on the GPU, or build the engine with a smaller largest batch");
        }
        return object;
    }

    @Override
    public TensorShape inputShape() {
        return signature.inputShape();
    }

    @Override
    public TensorShape outputShape() {
        return signature.outputShape();
    }

    @Override
    public BatchRange batch() {
        return signature.batch();
    }

    @Override
    public Context newContext() {
        CudaCalls.select(gpu);
        IExecutionContext context = made(engine.createExecutionContext(), "an execution context for " + file, log);
        return new LoadedContext(file, gpu, signature, context, log);
    }

    @Override
    public void close() {
        owner.add(() -> CudaCalls.select(gpu)); // comes first, and where it fails the rest is freed all the same
        owner.close();
    }
}
