package org.elasticvision.runtime.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.gpu.GpuPart;

/** Whether ONNX Runtime is there, and what it can run on. Safe for use by any number of threads. */
public final class OnnxRuntime {
    /** The names of the providers that use an NVIDIA GPU. */
    public static final String CUDA = "CUDA";

    /** The provider for TensorRT. */
    public static final String TENSORRT = "TENSOR_RT";

    private OnnxRuntime() {}

    /**
     * What was found.
     *
     * @param version such as {@code 1.29.0}; empty where it cannot be loaded
     * @param providers what this build can run on, such as {@code CPU}; whether their own libraries are there is not said
     * @param problem why it cannot be loaded, one line; empty where it was
     */
    public record Status(Optional<String> version, List<String> providers, Optional<String> problem) {
        public Status {
            providers = List.copyOf(providers);
        }
    }

    /**
     * Loads the library. Never fails: what goes wrong is in the answer.
     *
     * @return what was found
     */
    public static Status status() {
        try {
            return Library.status();
        } catch (LinkageError e) {
            return failed("its Java classes cannot be loaded: " + e);
        } catch (ElasticVisionException e) {
            return failed(e.getMessage());
        }
    }

    private static Status failed(String problem) {
        return new Status(Optional.empty(), List.of(), Optional.of(problem));
    }

    /**
     * Loads the library and what a provider needs, and says why that failed, in one line. May crash the process where these
     * libraries are damaged.
     *
     * @param provider {@link #CUDA} or {@link #TENSORRT}, which {@link Status#providers()} lists
     * @return what is wrong; empty where it works
     */
    public static Optional<String> providerProblem(String provider) {
        try {
            return Library.providerProblem(provider);
        } catch (LinkageError e) {
            return Optional.of(e.toString());
        }
    }

    /** {@return for which CUDA the GPU providers of this build are} */
    public static GpuPart cudaPart() {
        return OnnxProviderLibrary.cuda();
    }

    /** All that touches ONNX Runtime's classes, so that {@link OnnxRuntime} itself always loads. */
    private static final class Library {
        private Library() {}

        static Status status() {
            String version = OnnxSessions.environment().getVersion();
            List<String> providers = OrtEnvironment.getAvailableProviders().stream()
                    .map(Enum::name)
                    .toList();
            return new Status(Optional.of(version), providers, Optional.empty());
        }

        static Optional<String> providerProblem(String provider) {
            OnnxSessions.environment();
            try (SessionOptions settings = new SessionOptions()) {
                switch (provider) {
                    case CUDA -> settings.addCUDA(0);
                    case TENSORRT -> settings.addTensorrt(0);
                    default -> throw new IllegalArgumentException("no provider of a GPU: " + provider);
                }
                return Optional.empty();
            } catch (OrtException e) {
                return Optional.of(
                        OnnxProviderLibrary.problem(provider.equals(CUDA) ? Provider.CUDA : Provider.TENSORRT)
                                .orElseGet(() -> OnnxFailures.oneLine(e)));
            }
        }
    }
}
