package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.io.sealed.MadeOfModels;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.onnx.ModelContent;

/**
 * A folder of models as ONNX Runtime has optimised them, in its own format, for one version of it and one processor. They are
 * mapped into memory: opening one reads next to nothing, and processes that run the same model share its weights.
 *
 * <p>The folder only saves time: whatever is wrong with it, the model itself is opened. Any number of threads and processes
 * may use it at once.
 */
final class OptimizedModels {
    /** Goes up with each change of what is kept. */
    private static final int FORMAT = 3;

    private final OrtEnvironment environment;
    private final MadeOfModels kept;

    OptimizedModels(Path folder, OrtEnvironment environment) {
        this.environment = environment;
        this.kept = new MadeOfModels(folder, ".ort");
    }

    /**
     * Opens a model from the folder, having put it there if it was not.
     *
     * @return nothing where the folder is of no use for it; the model is to be opened itself then
     */
    Optional<OnnxSessions.Opened> open(Path model, EngineOptions options) {
        try {
            // Threads are not among what the optimised graph depends on.
            Optional<String> name =
                    kept.name(ModelContent.files(model), Integer.toString(FORMAT), environment.getVersion());
            if (name.isEmpty()) {
                return Optional.empty();
            }
            String key = name.get();
            Optional<OnnxSessions.Opened> session = openKept(key, options);
            if (session.isEmpty() && optimize(model, key, options)) {
                session = openKept(key, options);
            }
            return session;
        } catch (IOException | UncheckedIOException | OrtException | ElasticVisionException e) {
            return Optional.empty();
        }
    }

    private Optional<OnnxSessions.Opened> openKept(String key, EngineOptions options) throws IOException {
        Optional<ByteBuffer> bytes = kept.map(key);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try (SessionOptions settings = OnnxSessions.settings(options)) {
            settings.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT); // done before
            settings.addConfigEntry("session.use_ort_model_bytes_directly", "1");
            settings.addConfigEntry("session.use_ort_model_bytes_for_initializers", "1");
            OrtSession session = environment.createSession(bytes.get(), settings);
            kept.markAsUsed(key);
            return Optional.of(new OnnxSessions.Opened(session, bytes));
        } catch (OrtException e) {
            kept.delete(key);
            return Optional.empty();
        }
    }

    /** Writes what ONNX Runtime makes of a model. Others than ours are left alone: it is not known what they depend on. */
    private boolean optimize(Path model, String key, EngineOptions options) throws IOException, OrtException {
        return kept.make(key, file -> {
            try (SessionOptions settings = OnnxSessions.settings(options)) {
                settings.setOptimizedModelFilePath(file.toString());
                settings.addConfigEntry("session.save_model_format", "ORT");
                try (OrtSession session = environment.createSession(model.toString(), settings)) {
                    return ModelInfo.precision(session.getMetadata().getCustomMetadata())
                            .isPresent();
                }
            }
        });
    }
}
