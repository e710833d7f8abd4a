package org.elasticvision.runtime.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.elasticvision.runtime.engine.OnnxRuntime;
import org.elasticvision.runtime.engine.tensorrt.Cuda;

/** One way for ONNX Runtime to use a GPU. */
abstract class GpuProviderCheckup implements Checkup {
    private final String name;
    private final String provider;
    private final int order;
    private final String needs;

    /** @param needs what has to be installed for it */
    GpuProviderCheckup(String name, String provider, int order, String needs) {
        this.name = name;
        this.provider = provider;
        this.order = order;
        this.needs = needs;
    }

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
        return List.of(finding(
                OnnxRuntime.status(), !Cuda.status().gpus().isEmpty(), () -> OnnxRuntime.providerProblem(provider)));
    }

    /** @param problem asked only where there is a GPU and the provider is in the build */
    Finding finding(OnnxRuntime.Status status, boolean hasGpu, Supplier<Optional<String>> problem) {
        if (!status.providers().contains(provider)) {
            return Finding.absent(name, "not in this build of ONNX Runtime").withRemedy(Remedies.onnxRuntimeGpu());
        }
        if (!hasGpu) {
            return Finding.absent(name, "in this build; there is no GPU to use it on");
        }
        return problem.get()
                .map(text -> Finding.broken(name, "does not load: " + text)
                        .withRemedy("install " + needs + " where the system finds libraries (LD_LIBRARY_PATH)"))
                .orElseGet(() -> Finding.ok(name));
    }
}
