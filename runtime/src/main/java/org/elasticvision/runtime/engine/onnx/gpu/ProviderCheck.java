package org.elasticvision.runtime.engine.onnx.gpu;

import java.util.Optional;
import java.util.function.Supplier;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuCode;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;

/** Whether a GPU provider can be used at all. */
final class ProviderCheck {
    private static final String BUILD =
            "in a checkout ELASTIC_MAVEN=-Pcuda ./elastic ... builds with it (in an application of your own:"
                    + " com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime)";

    private ProviderCheck() {}

    /**
     * What a provider needs of the machine besides GPUs.
     *
     * @param code the part whose code runs on the GPU
     * @param missing the first library that does not load; empty where all are there
     */
    record Needs(GpuPart code, Optional<MissingLibrary> missing) {}

    /**
     * What is wrong and what to do about it, one line.
     *
     * @param built whether this ONNX Runtime has the provider
     * @param needs asked only where it has
     */
    static Optional<String> problem(EngineOptions options, Cuda.Status cuda, boolean built, Supplier<Needs> needs) {
        Optional<String> gpu = cuda.problem(options.gpu());
        if (gpu.isPresent()) { // first: without a GPU a larger build is of no use
            String problem = gpu.get() + (cuda.gpus().isEmpty() ? " (the provider cpu needs none)" : "");
            return Optional.of(
                    built
                            ? problem + besides(needs.get().missing(), problem)
                            : problem + "; nor has this build the provider: " + BUILD);
        }
        if (!built) {
            return Optional.of("this build does not have it; " + BUILD);
        }
        Needs found = needs.get();
        return found.missing()
                .map(MissingLibrary::toString)
                .or(() -> withoutCode(found.code(), cuda.gpus().get(options.gpu())));
    }

    private static String besides(Optional<MissingLibrary> missing, String problem) {
        return missing.filter(library -> !problem.contains(library.problem()))
                .map(library -> "; besides, " + library)
                .orElse("");
    }

    private static Optional<String> withoutCode(GpuPart part, Gpu gpu) {
        return GpuCode.runs(part, gpu.major(), gpu.minor())
                ? Optional.empty()
                : Optional.of(part + " has no code for " + gpu.name() + " (compute capability "
                        + gpu.computeCapability() + "), only for " + GpuCode.text(part)
                        + "; build an engine of the model with 'elastic build-engine', or use the provider cpu");
    }
}
