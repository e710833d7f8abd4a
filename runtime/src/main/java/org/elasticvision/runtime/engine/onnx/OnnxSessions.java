package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.base.Uninterrupted;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.io.javacpp.NativeEnvironment;

/** Opens ONNX Runtime sessions with the settings that were measured to be the fastest for these networks. */
final class OnnxSessions {
    /**
     * For the thread that creates the environment: version 1.29 matches the process's command line with a recursive regular
     * expression, and a class path of 4,000 characters overflows the usual stack of 1 MB, which ends the process.
     */
    private static final long STACK_BYTES = 64 << 20;

    /**
     * What version 1.29 asks whether to tell its makers about this process. It does by default from Linux and macOS on, keeps a number
     * that identifies the machine in the home folder, and does not stop when it is told to by {@code setTelemetry(false)}.
     */
    private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

    private static OrtEnvironment environment; // guarded by the class

    private OnnxSessions() {}

    /** The one environment of the process, quiet: what it would log comes as an exception anyway. */
    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            environment = create();
        }
        return environment;
    }

    private static OrtEnvironment create() {
        if (System.getenv(NO_TELEMETRY) == null) {
            NativeEnvironment.set(NO_TELEMETRY, "1");
        }
        FutureTask<OrtEnvironment> creation = new FutureTask<>(() -> {
            OrtEnvironment created =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "elasticvision");
            created.setTelemetry(false); // on Windows, and where the above cannot be done
            return created;
        });
        new Thread(null, creation, "onnxruntime", STACK_BYTES).start();
        try {
            // Creating takes a moment, and a half-made environment cannot be used.
            return Uninterrupted.get(creation);
        } catch (ExecutionException e) {
            throw new ElasticVisionException(
                    "ONNX Runtime's native library cannot be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + LinkErrors.text(e)
                            + "); it needs 64-bit Linux with glibc, macOS or Windows and a writable temporary folder",
                    e);
        }
    }

    /**
     * A session and the mapped file that it reads its weights from, if it does: unmapped too early, the process would crash.
     *
     * @param session as ONNX Runtime made it
     * @param weights lives as long as the session
     */
    record Opened(OrtSession session, Optional<ByteBuffer> weights) implements AutoCloseable {
        @Override
        public void close() throws OrtException {
            session.close();
        }
    }

    /** Further settings of a session. */
    interface Change {
        void apply(SessionOptions settings) throws OrtException;
    }

    /**
     * Opens a model from the folder of optimised ones, if the options name one and the provider keeps them; else the file itself.
     * ONNX Runtime reads it: its bytes never enter the Java heap.
     */
    static Opened open(OrtEnvironment environment, Path file, EngineOptions options) throws OrtException {
        ExecutionProvider way = OnnxEngineProvider.way(options.provider());
        if (way.keepsModels() && options.optimizedModels().isPresent()) {
            Path folder = options.optimizedModels().get();
            Optional<Opened> kept = new OptimizedModels(folder, environment).open(file, options);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        return new Opened(openFile(environment, file, options, settings -> {}), Optional.empty());
    }

    /** Opens the file itself. */
    static OrtSession openFile(OrtEnvironment environment, Path file, EngineOptions options, Change change)
            throws OrtException {
        try (SessionOptions settings = settings(options)) {
            OnnxEngineProvider.way(options.provider()).add(settings, environment, file, options);
            change.apply(settings);
            return environment.createSession(file.toString(), settings);
        }
    }

    /** What does not depend on the provider. */
    static SessionOptions settings(EngineOptions options) throws OrtException {
        SessionOptions settings = new SessionOptions();
        try {
            settings.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT); // EXTENDED costs a third
            settings.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL); // PARALLEL: 2.5 times slower
            settings.setIntraOpNumThreads(options.effectiveThreads());
            settings.setInterOpNumThreads(1);
            settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Threads sleep as soon as a run ends: the same latency with 30 % less CPU between frames.
            settings.addConfigEntry("session.force_spinning_stop", "1");
            return settings;
        } catch (OrtException e) {
            settings.close();
            throw e;
        }
    }
}
