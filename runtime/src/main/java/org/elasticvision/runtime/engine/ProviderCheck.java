package org.elasticvision.runtime.engine;

import java.util.Optional;
import org.elasticvision.runtime.engine.tensorrt.Cuda;

/** Whether a GPU provider can be used at all. */
final class ProviderCheck {
    private static final String BUILD =
            "in a checkout ELASTIC_MAVEN=-Pcuda ./elastic ... builds with it (in an application of your own:"
                    + " com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime)";

    private ProviderCheck() {}

    /**
     * What is wrong and what to do about it, one line.
     *
     * @param built whether this ONNX Runtime has the provider
     */
    static Optional<String> problem(EngineOptions options, Cuda.Status cuda, boolean built) {
        Optional<String> gpu = cuda.problem(options.gpu());
        if (gpu.isPresent()) { // first: without a GPU a larger build is of no use
            String problem = gpu.get() + (cuda.gpus().isEmpty() ? " (the provider cpu needs none)" : "");
            return Optional.of(built ? problem : problem + "; nor has this build the provider: " + BUILD);
        }
        return built ? Optional.empty() : Optional.of("this build does not have it; " + BUILD);
    }
}
