package org.elasticvision.runtime.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.elasticvision.runtime.engine.OnnxRuntime;
import org.elasticvision.runtime.engine.tensorrt.Cuda;
import org.elasticvision.runtime.engine.tensorrt.Gpu;
import org.elasticvision.runtime.gpu.GpuCode;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;

/** One way for ONNX Runtime to use a GPU. */
abstract class GpuProviderCheckup implements Checkup {
    private final String name;
    private final String provider;
    private final int order;

    GpuProviderCheckup(String name, String provider, int order) {
        this.name = name;
        this.provider = provider;
        this.order = order;
    }

    /**
     * Whose libraries it needs.
     *
     * @param cuda ONNX Runtime's build
     */
    abstract List<GpuPart> parts(GpuPart cuda);

    /**
     * Whose code runs on the GPU.
     *
     * @param cuda ONNX Runtime's build
     */
    abstract GpuPart code(GpuPart cuda);

    @Override
    public String name() {
        return name;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        if (!NvidiaDevices.arePossible()) {
            return List.of();
        }
        OnnxRuntime.Status status = OnnxRuntime.status();
        if (!status.providers().contains(provider)) {
            return List.of(
                    Finding.absent(name, "not in this build of ONNX Runtime").withRemedy(Remedies.onnxRuntimeGpu()));
        }
        GpuPart cuda = OnnxRuntime.cudaPart();
        Optional<MissingLibrary> missing = parts(cuda).stream()
                .flatMap(part -> GpuLibraries.firstMissing(part).stream())
                .findFirst();
        return List.of(finding(cuda, missing, Cuda.status().gpus(), () -> OnnxRuntime.providerProblem(provider)));
    }

    /** @param problem asked only where there is a GPU and all libraries are there */
    Finding finding(
            GpuPart cuda, Optional<MissingLibrary> missing, List<Gpu> gpus, Supplier<Optional<String>> problem) {
        String build = "in this build, which is for CUDA " + (cuda == GpuPart.ONNXRUNTIME_13 ? "13" : "12");
        if (missing.isPresent()) {
            String detail = build + ": " + missing.get().problem();
            return (gpus.isEmpty() ? Finding.absent(name, detail) : Finding.broken(name, detail))
                    .withRemedy(missing.get().library().remedy());
        }
        if (gpus.isEmpty()) {
            return Finding.absent(name, build + "; its libraries load; there is no GPU to use it on");
        }
        Optional<Gpu> without = gpus.stream()
                .filter(gpu -> !GpuCode.runs(code(cuda), gpu.major(), gpu.minor()))
                .findFirst();
        if (without.isPresent()) {
            return Finding.broken(
                            name,
                            build + ", has no code for compute capability "
                                    + without.get().computeCapability() + ", only for " + GpuCode.text(code(cuda)))
                    .withRemedy("build engines of models with 'elastic build-engine', or use the provider cpu");
        }
        return problem.get()
                .map(text -> Finding.broken(name, build + ", does not load: " + text))
                .orElseGet(() -> Finding.ok(name).withDetail(build));
    }
}
