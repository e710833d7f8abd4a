package org.elasticvision.runtime.engine.tensorrt;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.tensorrt.file.BatchRange;
import org.elasticvision.runtime.engine.tensorrt.natives.NativeEngine;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.TensorRt;

/** A GPU and a TensorRT that write down what is asked of them. Its network answers twice its two inputs' sum per item. */
final class FakePlatform implements Platform {
    static final Gpu AMPERE = new Gpu("NVIDIA A10", 8, 6, 24L << 30);
    static final Gpu HOPPER = new Gpu("NVIDIA H100", 9, 0, 80L << 30);
    static final Gpu TURING = new Gpu("NVIDIA T4", 7, 5, 16L << 30);

    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    Cuda.Status cuda = cuda(HOPPER);
    TensorRt.Status tensorRt = new TensorRt.Status(Optional.of("10.15.1"), Optional.empty());
    TensorShape inputShape = TensorShape.of(TensorShape.ANY, 2);
    BatchRange batch = new BatchRange(1, 4, 8);

    /** How many contexts the GPU has memory for. */
    int mostContexts = Integer.MAX_VALUE;

    Runnable duringRun = () -> {};
    private final AtomicInteger contexts = new AtomicInteger();

    static Cuda.Status cuda(Gpu... gpus) {
        return new Cuda.Status(List.of(gpus), Optional.of("13.1"), Optional.of("13.1"), Optional.empty());
    }

    static Cuda.Status noCuda(String problem) {
        return new Cuda.Status(List.of(), Optional.empty(), Optional.empty(), Optional.of(problem));
    }

    @Override
    public Cuda.Status cuda() {
        events.add("cuda");
        return cuda;
    }

    @Override
    public TensorRt.Status tensorRt() {
        events.add("tensorRt");
        return tensorRt;
    }

    @Override
    public NativeEngine load(Path file, int gpu, boolean hostCode) {
        events.add("load " + file.getFileName() + " on " + gpu + (hostCode ? " with host code" : ""));
        return new FakeEngine();
    }

    private final class FakeEngine implements NativeEngine {
        @Override
        public TensorShape inputShape() {
            return inputShape;
        }

        @Override
        public TensorShape outputShape() {
            return TensorShape.of(inputShape.batch(), 1);
        }

        @Override
        public BatchRange batch() {
            return batch;
        }

        @Override
        public Context newContext() {
            int number = contexts.incrementAndGet();
            if (number > mostContexts) {
                throw new ModelException("not enough memory for context " + number);
            }
            events.add("context " + number);
            return new FakeContext(number);
        }

        @Override
        public void close() {
            events.add("close engine");
        }
    }

    private final class FakeContext implements NativeEngine.Context {
        private final int number;
        private boolean closed;

        FakeContext(int number) {
            this.number = number;
        }

        @Override
        public void run(FloatBuffer input, FloatBuffer output, int batch) {
            if (closed) {
                throw new IllegalStateException("a closed context was used, which would crash the JVM");
            }
            events.add("run " + output.limit() + " as " + batch);
            duringRun.run();
            for (int item = 0; item < output.limit(); item++) {
                output.put(item, 2 * (input.get(2 * item) + input.get(2 * item + 1)));
            }
        }

        @Override
        public void close() {
            closed = true;
            events.add("close context " + number);
        }
    }
}
