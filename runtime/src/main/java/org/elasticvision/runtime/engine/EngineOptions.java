package org.elasticvision.runtime.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.cpu.PhysicalCores;
import org.elasticvision.runtime.engine.plugin.PluginOptions;

/**
 * How an engine is opened. Start from {@link #defaults()}.
 *
 * @param threads that one run may use on the CPU; 0 for what the goal asks: all physical cores, or 1
 * @param provider what runs a model; a TensorRT engine file always runs in TensorRT
 * @param gpu which GPU, counted from 0 as CUDA counts them; ignored on the CPU
 * @param goal what matters where {@code threads} is 0
 * @param optimizedModels a folder in which ONNX models for the CPU are kept as their engine has optimised them, for the next time;
 *     see {@link #withOptimizedModels}
 * @param precision in what numbers a float32 model is computed, in oneDNN or a plug-in; other providers compute as the model file
 *     says, and {@link Provider#AUTO} takes oneDNN where less is asked for
 * @param plugin what is asked of a plug-in of ONNX Runtime; nothing where the provider is not one
 */
public record EngineOptions(
        int threads,
        Provider provider,
        int gpu,
        Goal goal,
        Optional<Path> optimizedModels,
        InferencePrecision precision,
        PluginOptions plugin) {
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

    /**
     * On the CPU, in the engine that is the fastest there, with so many threads.
     *
     * @param threads how many
     */
    public EngineOptions(int threads) {
        this(threads, Provider.AUTO, 0, Goal.LATENCY, Optional.empty(), InferencePrecision.FP32, PluginOptions.none());
    }

    /**
     * Physical cores, on the CPU, in the engine that is the fastest there, for one caller.
     *
     * @return the default options
     */
    public static EngineOptions defaults() {
        return new EngineOptions(0);
    }

    /**
     * {@return these options with another {@link #threads() threads}}
     *
     * @param number in place of the present one
     */
    public EngineOptions withThreads(int number) {
        return new EngineOptions(number, provider, gpu, goal, optimizedModels, precision, plugin);
    }

    /**
     * {@return these options with another {@link #provider() provider}}
     *
     * @param other in place of the present one
     */
    public EngineOptions withProvider(Provider other) {
        return new EngineOptions(threads, other, gpu, goal, optimizedModels, precision, plugin);
    }

    /**
     * {@return these options with another {@link #gpu() gpu}}
     *
     * @param number in place of the present one
     */
    public EngineOptions withGpu(int number) {
        return new EngineOptions(threads, provider, number, goal, optimizedModels, precision, plugin);
    }

    /**
     * {@return these options with another {@link #goal() goal}}
     *
     * @param other in place of the present one
     */
    public EngineOptions withGoal(Goal other) {
        return new EngineOptions(threads, provider, gpu, other, optimizedModels, precision, plugin);
    }

    /**
     * Keeps ONNX models for the CPU in a folder as ONNX Runtime has optimised them, or their weights as oneDNN has packed them. The first
     * opening of a model there writes a file as large as the model; later ones take a fraction of the time, and map the file instead of reading it, so that
     * processes with the same model share its weights. The answers are the same.
     *
     * <p>What is kept is found by the model's contents, the version of the engine and the processor. The folder is created; any
     * number of threads and processes may share it; beyond 2 GB what was not used for longest is deleted. It only saves time: where
     * it cannot be used, the model itself is opened. Other software must not be able to write into it.
     *
     * @param folder such as {@code UserCache.folder("models")}, which the {@code elastic} command uses
     * @return these options with another folder
     */
    public EngineOptions withOptimizedModels(Path folder) {
        return new EngineOptions(threads, provider, gpu, goal, Optional.of(folder), precision, plugin);
    }

    /**
     * {@return these options with another {@link #precision() precision}}
     *
     * @param other in place of the present one
     */
    public EngineOptions withPrecision(InferencePrecision other) {
        return new EngineOptions(threads, provider, gpu, goal, optimizedModels, other, plugin);
    }

    /**
     * {@return these options with another {@link #plugin() plug-in's}}
     *
     * @param other in place of the present one
     */
    public EngineOptions withPlugin(PluginOptions other) {
        return new EngineOptions(threads, provider, gpu, goal, optimizedModels, precision, other);
    }

    /** {@return how many threads one run uses on the CPU, at least 1} */
    public int effectiveThreads() {
        if (threads > 0) {
            return threads;
        }
        return switch (goal) {
            case LATENCY -> PhysicalCores.count();
            case THROUGHPUT -> 1;
        };
    }

    /**
     * {@return how many callers at a time make the most of the CPU: 1 for the shortest answer, else the physical cores}
     */
    public int callers() {
        return switch (goal) {
            case LATENCY -> 1;
            case THROUGHPUT -> PhysicalCores.count();
        };
    }
}
