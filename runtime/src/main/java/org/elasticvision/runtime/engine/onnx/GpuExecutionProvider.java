package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onnx.failure.OnnxFailures;
import org.elasticvision.runtime.engine.onnx.gpu.GpuNeeds;
import org.elasticvision.runtime.gpu.Gpu;

/** Puts a session on an NVIDIA GPU, or says why that cannot be; looks for the doctor whether it could. */
abstract class GpuExecutionProvider implements ExecutionProvider, Checkup {
    private final GpuNeeds needs;
    private final String builtAs;
    private final int order;

    /**
     * @param builtAs its name in {@link ai.onnxruntime.OrtProvider}
     * @param order of its finding
     */
    GpuExecutionProvider(GpuNeeds needs, String builtAs, int order) {
        this.needs = needs;
        this.builtAs = builtAs;
        this.order = order;
    }

    /** Adds it to the settings of a session that is to run a model. */
    abstract void put(SessionOptions settings, OrtEnvironment environment, Path file, int number, Gpu gpu)
            throws OrtException;

    /** Adds it to the settings of no session, which loads it. */
    abstract void load(SessionOptions settings) throws OrtException;

    @Override
    public final Provider provider() {
        return needs.provider();
    }

    @Override
    public final boolean usesGpu() {
        return true;
    }

    @Override
    public final boolean keepsModels() {
        return false;
    }

    @Override
    public final Optional<Checkup> checkup() {
        return Optional.of(this);
    }

    @Override
    public final void add(SessionOptions settings, OrtEnvironment environment, Path file, EngineOptions options)
            throws OrtException {
        Gpu gpu = needs.require(file, options, this::isBuilt);
        // Without this, operators that the provider does not have would run on the CPU, and nobody would be told.
        settings.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        put(settings, environment, file, options.gpu(), gpu);
    }

    private boolean isBuilt() {
        return OnnxRuntime.status().providers().contains(builtAs);
    }

    @Override
    public final String name() {
        return needs.name();
    }

    @Override
    public final int order() {
        return order;
    }

    @Override
    public final boolean isolated() {
        return true;
    }

    @Override
    public final List<Finding> examine() {
        return needs.findings(isBuilt(), this::problem);
    }

    /**
     * Loads the library and what the provider needs, and says why that failed, in one line. May crash the process where these
     * libraries are damaged.
     */
    final Optional<String> problem() {
        try {
            return Attempt.problem(this);
        } catch (LinkageError e) {
            return Optional.of(e.toString());
        }
    }

    /** Something that ONNX Runtime may refuse. */
    @FunctionalInterface
    interface Addition {
        void to(SessionOptions settings) throws OrtException;
    }

    /** Adds the provider, or says in one line why it does not load. */
    final void addTo(SessionOptions settings, Path file, Addition addition) {
        Attempt.add(needs, settings, file, addition);
    }

    /** All that catches ONNX Runtime's exceptions, so that the classes around it always load. */
    private static final class Attempt {
        private Attempt() {}

        static void add(GpuNeeds needs, SessionOptions settings, Path file, Addition addition) {
            try {
                addition.to(settings);
            } catch (OrtException e) {
                throw new ModelException(
                        file + " cannot run with the provider " + needs.provider() + ", which does not load: "
                                + said(needs, e) + "; 'elastic doctor' says what is there",
                        e);
            }
        }

        static Optional<String> problem(GpuExecutionProvider provider) {
            OnnxSessions.environment();
            try (SessionOptions settings = new SessionOptions()) {
                provider.load(settings);
                return Optional.empty();
            } catch (OrtException e) {
                return Optional.of(said(provider.needs, e));
            }
        }

        private static String said(GpuNeeds needs, OrtException e) {
            return needs.libraryProblem().orElseGet(() -> OnnxFailures.oneLine(e));
        }
    }
}
