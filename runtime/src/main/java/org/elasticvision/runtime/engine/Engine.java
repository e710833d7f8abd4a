package org.elasticvision.runtime.engine;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.choice.EngineChoice;
import org.elasticvision.runtime.engine.plugin.Observation;

/**
 * A network ready to run, with one float32 input and one float32 output. Any number of threads may call it at once.
 *
 * <p>It owns native memory: close it once. {@link #close()} waits for calls that are running; a call after it gets an
 * {@link IllegalStateException} and never touches freed memory.
 */
public interface Engine extends AutoCloseable {
    /**
     * Opens a model file in the engine that knows its format and has the provider that the options name: a TensorRT engine
     * ({@code .engine}) in TensorRT, an ONNX file as {@link Provider#AUTO} chooses, unless the options name another provider. Nothing that
     * was named falls back to the CPU: what cannot run where it should is refused.
     *
     * <p>An engine file holds machine code: open only what comes from where you trust.
     *
     * @param file the file
     * @param options how it is opened
     * @return the open engine
     * @throws ModelException where it is missing, damaged, not a model, or one that cannot be run here
     */
    static Engine open(Path file, EngineOptions options) {
        return EngineSearch.checked(file, options).open(file, options);
    }

    /**
     * Checks that a file can be a model: finds by looking what a library would only say obscurely.
     *
     * @param file the file
     * @throws ModelException if it is not there or something else; the message says what to do
     */
    static void check(Path file) {
        ModelFile.checkIsThere(file);
        ModelFile.checkKind(file);
    }

    /** {@return the input; for images {@code [N, 3, H, W]}, where only N may be {@link TensorShape#ANY}} */
    TensorShape inputShape();

    /** {@return the output; its batch is {@link TensorShape#ANY} where the input's is} */
    TensorShape outputShape();

    /** {@return the entries that the model file carries} */
    Map<String, String> metadata();

    /** {@return what it was seen to do when it was opened; empty where it does what was asked by its making} */
    default Optional<Observation> observation() {
        return Optional.empty();
    }

    /** {@return what {@link Provider#AUTO} took, which is this engine, and why; empty where the provider was named} */
    default Optional<EngineChoice> choice() {
        return Optional.empty();
    }

    /**
     * Runs one batch. The buffers belong to the caller, who must not touch them until this returns.
     *
     * @param input direct, native order; {@code batch} items from index 0 (its position and limit are ignored)
     * @param output direct, native order; receives {@code batch} items from index 0
     * @param batch how many items; for a fixed batch exactly that
     * @throws IllegalArgumentException where a buffer is not direct, not in native order or too small, or the batch is
     *     not the fixed one
     * @throws IllegalStateException after {@link #close()}
     * @throws ModelException where the network fails
     */
    void run(FloatBuffer input, FloatBuffer output, int batch);

    /** Waits for running calls, then frees the network. A second call does nothing. */
    @Override
    void close();
}
