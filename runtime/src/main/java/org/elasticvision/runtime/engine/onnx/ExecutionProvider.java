package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;

/**
 * One way for ONNX Runtime to run a model; {@link OnnxEngineProvider#WAYS} lists them. Its class loads where ONNX Runtime's do not:
 * it catches none of its exceptions. Stateless.
 */
interface ExecutionProvider {
    /** {@return how it is asked for} */
    Provider provider();

    /**
     * Puts a session on it.
     *
     * @param settings of the session, not yet made
     * @throws ModelException where it cannot be used here: it never falls back to the CPU
     */
    void add(SessionOptions settings, OrtEnvironment environment, Path file, EngineOptions options) throws OrtException;

    /** {@return whether {@link EngineOptions#gpu()} says on which} */
    boolean usesGpu();

    /** {@return whether models as ONNX Runtime has optimised them can be kept for the next time} */
    boolean keepsModels();

    /** {@return what says whether it works here; a class with a constructor without parameters} */
    Optional<Checkup> checkup();
}
