package org.elasticvision.runtime.engine;

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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.FileHashes;
import org.elasticvision.runtime.model.ModelInfo;

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

    private static final String SUFFIX = ".ort";

    private final Path folder;
    private final OrtEnvironment environment;
    private final FileHashes hashes;

    OptimizedModels(Path folder, OrtEnvironment environment) {
        this.folder = folder;
        this.environment = environment;
        this.hashes = new FileHashes(folder);
    }

    /**
     * Opens a model from the folder, having put it there if it was not.
     *
     * @return nothing where the folder is of no use for it; the model is to be opened itself then
     */
    Optional<OnnxSession> open(Path model, EngineOptions options) {
        try {
            CpuFeatures cpu = CpuFeatures.current();
            List<Path> files = ModelContent.files(model);
            if (!cpu.isKnown() || bytes(files) > MOST_MODEL_BYTES) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            Path kept = folder.resolve(key(hash(files), cpu) + SUFFIX);
            Optional<OnnxSession> session = openKept(kept, options);
            if (session.isEmpty() && optimize(model, kept, options)) {
                new FolderLimit(folder, SUFFIX).enforce();
                session = openKept(kept, options);
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

    private Optional<OnnxSession> openKept(Path kept, EngineOptions options) throws IOException {
        Optional<ByteBuffer> bytes = SealedFile.map(kept);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try (SessionOptions settings = OnnxSessions.settings(options)) {
            settings.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT); // done before
            settings.addConfigEntry("session.use_ort_model_bytes_directly", "1");
            settings.addConfigEntry("session.use_ort_model_bytes_for_initializers", "1");
            OrtSession session = environment.createSession(bytes.get(), settings);
            markAsUsed(kept);
            return Optional.of(new OnnxSession(session, bytes));
        } catch (OrtException e) {
            Files.deleteIfExists(kept);
            return Optional.empty();
        }
    }

    /** So that it is not the next to be deleted; a folder that is only read may stay as it is. */
    private static void markAsUsed(Path kept) {
        try {
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // it is older then than it could be
        }
    }

    /** Writes what ONNX Runtime makes of a model. Others than ours are left alone: it is not known what they depend on. */
    private boolean optimize(Path model, Path kept, EngineOptions options) throws IOException, OrtException {
        try (AtomicFile.Draft draft = AtomicFile.draft(kept)) {
            try (SessionOptions settings = OnnxSessions.settings(options)) {
                settings.setOptimizedModelFilePath(draft.path().toString());
                settings.addConfigEntry("session.save_model_format", "ORT");
                try (OrtSession session = environment.createSession(model.toString(), settings)) {
                    if (ModelInfo.precision(session.getMetadata().getCustomMetadata())
                            .isEmpty()) {
                        return false;
                    }
                }
            }
            SealedFile.seal(draft.path());
            draft.publish();
            return true;
        }
    }
}
