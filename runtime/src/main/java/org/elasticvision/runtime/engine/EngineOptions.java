package org.elasticvision.runtime.engine;

/**
 * How an engine is opened. Start from {@link #defaults()}.
 *
 * @param threads that one run may use on the CPU; 0 for what the goal asks: all physical cores, or 1
 * @param provider what runs an ONNX model; an engine file always runs in TensorRT
 * @param gpu which GPU, counted from 0 as CUDA counts them; not looked at on the CPU
 * @param goal what matters where {@code threads} is 0
 */
public record EngineOptions(int threads, Provider provider, int gpu, Goal goal) {
    private static final int MOST_THREADS = 1024;
    private static final int MOST_GPUS = 1024;

    public EngineOptions {
        if (threads < 0 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "threads " + threads + " must be between 0 (as the goal asks) and " + MOST_THREADS);
        }
        if (gpu < 0 || gpu >= MOST_GPUS) {
            throw new IllegalArgumentException("gpu " + gpu + " must be between 0 (the first) and " + (MOST_GPUS - 1));
        }
    }

    /** On the CPU, with so many threads. */
    public EngineOptions(int threads) {
        this(threads, Provider.CPU, 0, Goal.LATENCY);
    }

    /** Physical cores, on the CPU, for one caller. */
    public static EngineOptions defaults() {
        return new EngineOptions(0);
    }

    public EngineOptions withThreads(int number) {
        return new EngineOptions(number, provider, gpu, goal);
    }

    public EngineOptions withProvider(Provider other) {
        return new EngineOptions(threads, other, gpu, goal);
    }

    public EngineOptions withGpu(int number) {
        return new EngineOptions(threads, provider, number, goal);
    }

    public EngineOptions withGoal(Goal other) {
        return new EngineOptions(threads, provider, gpu, other);
    }

    /** How many threads one run uses on the CPU, at least 1. */
    public int effectiveThreads() {
        if (threads > 0) {
            return threads;
        }
        return switch (goal) {
            case LATENCY -> PhysicalCores.count();
            case THROUGHPUT -> 1;
        };
    }

    /** How many callers at a time make the most of the CPU: 1 for the shortest answer, else the physical cores. */
    public int callers() {
        return switch (goal) {
            case LATENCY -> 1;
            case THROUGHPUT -> PhysicalCores.count();
        };
    }
}
