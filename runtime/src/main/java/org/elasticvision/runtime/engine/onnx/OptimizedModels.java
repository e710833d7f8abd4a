package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.onnx.file.SealedFiles;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.FileHashes;
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
    private static final int FORMAT = 2;

    /** More cannot be mapped by Java in one piece; the rest is for what ONNX Runtime adds. */
    private static final long MOST_MODEL_BYTES = Integer.MAX_VALUE - (64L << 20);

    private final Path folder;
    private final OrtEnvironment environment;
    private final FileHashes hashes;
    private final SealedFiles kept;

    OptimizedModels(Path folder, OrtEnvironment environment) {
        this.folder = folder;
        this.environment = environment;
        this.hashes = new FileHashes(folder);
        this.kept = new SealedFiles(folder, ".ort");
    }

    /**
     * Opens a model from the folder, having put it there if it was not.
     *
     * @return nothing where the folder is of no use for it; the model is to be opened itself then
     */
    Optional<OnnxSessions.Opened> open(Path model, EngineOptions options) {
        try {
            CpuFeatures cpu = CpuFeatures.current();
            List<Path> files = ModelContent.files(model);
            if (!cpu.isKnown() || bytes(files) > MOST_MODEL_BYTES) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            String key = key(hash(files), cpu);
            Optional<OnnxSessions.Opened> session = openKept(key, options);
            if (session.isEmpty() && optimize(model, key, options)) {
                session = openKept(key, options);
            }
            return session;
        } catch (IOException | UncheckedIOException | OrtException | ElasticVisionException e) {
            return Optional.empty();
        }
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Of all the files, those with the weights too. */
    private String hash(List<Path> files) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (Path file : files) {
            sums.append(hashes.sha256(file)).append(' ');
        }
        return sums.toString();
    }

    /** What the optimised graph depends on. Threads are not among it. */
    private String key(String sha256, CpuFeatures cpu) {
        String parts = String.join(
                "\n",
                Integer.toString(FORMAT),
                sha256,
                environment.getVersion(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                cpu.model().orElse(""),
                cpu.all().toString());
        return new ContentHash()
                .add(parts.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
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
