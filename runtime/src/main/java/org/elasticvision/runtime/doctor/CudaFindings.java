package org.elasticvision.runtime.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.tensorrt.Cuda;
import org.elasticvision.runtime.engine.tensorrt.Gpu;

/** What follows from CUDA's answer. */
final class CudaFindings {
    static final String DRIVER = "NVIDIA driver";
    static final String GPU = "GPU";

    /** What CUDA 13 and TensorRT 10.15 still support: Turing and later. */
    private static final int OLDEST_MAJOR = 7;

    private static final int OLDEST_MINOR = 5;

    private CudaFindings() {}

    /** @param library what Linux says of the driver's library */
    static List<Finding> of(Cuda.Status cuda, NvidiaDevices devices, SharedLibrary library, Finding runtime) {
        List<Finding> findings = new ArrayList<>();
        findings.add(driver(cuda, devices, library));
        findings.add(runtime);
        if (cuda.gpus().isEmpty()) {
            findings.add(noGpu(cuda, devices));
        }
        for (int i = 0; i < cuda.gpus().size(); i++) {
            findings.add(gpu(GPU + " " + i, cuda.gpus().get(i)));
        }
        return findings;
    }

    private static Finding driver(Cuda.Status cuda, NvidiaDevices devices, SharedLibrary library) {
        Finding finding = cuda.driverVersion().isPresent()
                ? answering(cuda.driverVersion().get(), cuda.runtimeVersion())
                : silent(devices, library);
        return devices.driverVersion().map(finding::withVersion).orElse(finding);
    }

    private static Finding answering(String newest, Optional<String> runtime) {
        boolean tooOld =
                runtime.filter(version -> major(version) > major(newest)).isPresent();
        return tooOld
                ? Finding.broken(DRIVER, "is too old: for CUDA up to " + newest).withRemedy(Remedies.newerDriver())
                : Finding.ok(DRIVER).withDetail("for CUDA up to " + newest);
    }

    private static Finding silent(NvidiaDevices devices, SharedLibrary library) {
        return switch (library.presence()) {
            case LOADS ->
                Finding.absent(DRIVER, "its library is there, but CUDA gets no answer from it")
                        .withRemedy(Remedies.driver());
            case BROKEN ->
                Finding.broken(DRIVER, "is there and does not load: " + library.message())
                        .withRemedy(Remedies.newerDriver());
            case MISSING ->
                devices.areGiven()
                        ? Finding.broken(DRIVER, "the kernel has it, but " + library.fileName() + " is not found")
                                .withRemedy("install the driver's libraries for computing, of the same version; in a"
                                        + " container, start it with docker run --gpus all (NVIDIA Container Toolkit)")
                        : Finding.absent(DRIVER, "there is none here").withRemedy(Remedies.driver());
            case NOT_ASKED -> Finding.absent(DRIVER, "none answers").withRemedy(Remedies.driver());
        };
    }

    private static Finding noGpu(Cuda.Status cuda, NvidiaDevices devices) {
        if (devices.areGiven() && cuda.driverVersion().isPresent()) {
            return Finding.broken(GPU, cuda.problem().orElse("CUDA finds none"))
                    .withRemedy("see what nvidia-smi says, then the kernel's log (dmesg)");
        }
        return Finding.absent(GPU, "none that CUDA can use: networks run on the CPU");
    }

    private static Finding gpu(String name, Gpu gpu) {
        String detail =
                gpu.name() + ", compute capability " + gpu.computeCapability() + ", " + Bytes.text(gpu.memoryBytes());
        boolean tooOld = gpu.major() < OLDEST_MAJOR || (gpu.major() == OLDEST_MAJOR && gpu.minor() < OLDEST_MINOR);
        return tooOld
                ? Finding.absent(
                        name,
                        detail + ": too old, CUDA " + Dependencies.cudaMajor() + " needs " + OLDEST_MAJOR + "."
                                + OLDEST_MINOR)
                : Finding.ok(name).withDetail(detail);
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
