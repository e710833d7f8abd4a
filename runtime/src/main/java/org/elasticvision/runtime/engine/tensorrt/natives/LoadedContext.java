package org.elasticvision.runtime.engine.tensorrt.natives;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.elasticvision.runtime.base.ModelException;

/** An execution context in TensorRT with a stream and buffers of its own, made for the largest batch. */
final class LoadedContext implements NativeEngine.Context {
    private final Path file;
    private final int gpu;
    private final EngineSignature signature;
    private final IExecutionContext context;
    private final TensorRtLog log;
    private final Owner owner = new Owner();
    private CudaStream stream;
    private PinnedBuffer hostInput;
    private PinnedBuffer hostOutput;
    private DeviceBuffer deviceInput;
    private DeviceBuffer deviceOutput;
    private int lastBatch;

    /** Owns the context from now on, even where this fails. */
    LoadedContext(Path file, int gpu, EngineSignature signature, IExecutionContext context, TensorRtLog log) {
        this.file = file;
        this.gpu = gpu;
        this.signature = signature;
        this.context = context;
        this.log = log;
        owner.add(() -> TensorRtObjects.delete(context));
        try {
            int inputs = Math.multiplyExact(
                    signature.batch().max(), signature.inputShape().itemElements());
            int outputs = Math.multiplyExact(
                    signature.batch().max(), signature.outputShape().itemElements());
            deviceInput = owner.own(new DeviceBuffer((long) inputs * Float.BYTES));
            deviceOutput = owner.own(new DeviceBuffer((long) outputs * Float.BYTES));
            hostInput = owner.own(new PinnedBuffer(inputs));
            hostOutput = owner.own(new PinnedBuffer(outputs));
            stream = owner.own(new CudaStream());
            require(context.setTensorAddress(signature.input(), deviceInput.address()), "giving the input's address");
            require(
                    context.setTensorAddress(signature.output(), deviceOutput.address()),
                    "giving the output's address");
        } catch (RuntimeException | Error e) {
            owner.closeAfter(e);
            throw e;
        }
    }

    @Override
    public void run(FloatBuffer input, FloatBuffer output, int batch) {
        CudaCalls.select(gpu); // which is a matter of the thread
        log.clear();
        setBatch(batch);
        hostInput.floats().put(0, input, 0, input.limit());
        enqueue(batch);
        output.put(0, hostOutput.floats(), 0, output.limit());
    }

    private void setBatch(int batch) {
        if (batch != lastBatch) {
            try (Dims64 shape = signature.inputDimensions(batch)) {
                require(context.setInputShape(signature.input(), shape), "setting a batch of " + batch);
            }
            lastBatch = batch;
        }
    }

    /** Returns when the answers are in the output's pinned buffer, or nothing is under way any more. */
    private void enqueue(int batch) {
        long inputBytes = (long) batch * signature.inputShape().itemElements() * Float.BYTES;
        long outputBytes = (long) batch * signature.outputShape().itemElements() * Float.BYTES;
        try {
            CudaCalls.check(
                    cudart.cudaMemcpyAsync(
                            deviceInput.address(),
                            hostInput.address(),
                            inputBytes,
                            cudart.cudaMemcpyHostToDevice,
                            stream.handle()),
                    "copying to the GPU");
            require(context.enqueueV3(stream.handle()), "running the network");
            CudaCalls.check(
                    cudart.cudaMemcpyAsync(
                            hostOutput.address(),
                            deviceOutput.address(),
                            outputBytes,
                            cudart.cudaMemcpyDeviceToHost,
                            stream.handle()),
                    "copying from the GPU");
        } catch (ModelException e) {
            drain(e);
            throw e;
        }
        stream.synchronize();
    }

    /** The buffers are used again: what was started must have ended. */
    private void drain(ModelException failure) {
        try {
            stream.synchronize();
        } catch (ModelException e) {
            failure.addSuppressed(e);
        }
    }

    private void require(boolean done, String doing) {
        if (!done) {
            throw new ModelException(file + ": " + doing + " failed in TensorRT: " + log.summary());
        }
    }

    @Override
    public void close() {
        owner.add(() -> CudaCalls.select(gpu)); // comes first, and where it fails the rest is freed all the same
        owner.close();
    }
}
