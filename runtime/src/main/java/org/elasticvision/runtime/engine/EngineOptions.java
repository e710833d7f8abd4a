package org.elasticvision.runtime.engine;

/**
 * How an engine is opened. Start from {@link #defaults()}.
 *
 * @param threads that one run may use on the CPU; 0 for the machine's physical cores, which is right for one caller. Where
 *     many threads call at once, 1 gives the best throughput
 * @param provider what runs an ONNX model; an engine file always runs in TensorRT
 * @param gpu which GPU, counted from 0 as CUDA counts them; not looked at on the CPU
 */
public record EngineOptions(int threads, Provider provider, int gpu) {
    private static final int MOST_THREADS = 1024;
    private static final int MOST_GPUS = 1024;

    public EngineOptions {
        if (threads < 0 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "threads " + threads + " must be between 0 (all physical cores) and " + MOST_THREADS);
        }
        if (gpu < 0 || gpu >= MOST_GPUS) {
            throw new IllegalArgumentException("gpu " + gpu + " must be between 0 (the first) and " + (MOST_GPUS - 1));
        }
    }

    /** On the CPU, with so many threads. */
    public EngineOptions(int threads) {
        this(threads, Provider.CPU, 0);
    }

    /** Physical cores, on the CPU. */
    public static EngineOptions defaults() {
        return new EngineOptions(0);
    }

    public EngineOptions withThreads(int number) {
        return new EngineOptions(number, provider, gpu);
    }

    public EngineOptions withProvider(Provider other) {
        return new EngineOptions(threads, other, gpu);
    }

    public EngineOptions withGpu(int number) {
        return new EngineOptions(threads, provider, number);
    }

    /** The number of threads with 0 resolved to the physical cores. */
    public int effectiveThreads() {
        return threads > 0 ? threads : PhysicalCores.count();
    }
}
