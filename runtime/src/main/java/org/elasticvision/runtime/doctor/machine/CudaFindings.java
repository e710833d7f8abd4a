package org.elasticvision.runtime.doctor.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuCode;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.SharedLibrary;

/** What follows from CUDA's answer. */
final class CudaFindings {
    static final String DRIVER = "NVIDIA driver";
    static final String GPU = "GPU";
    private static final String LOOK = "see what nvidia-smi says, then the kernel's log (dmesg)";

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
                : silent(cuda.runtimeVersion().isPresent(), devices, library);
        return devices.driverVersion().map(finding::withVersion).orElse(finding);
    }

    private static Finding answering(String newest, Optional<String> runtime) {
        boolean tooOld =
                runtime.filter(version -> major(version) > major(newest)).isPresent();
        return tooOld
                ? Finding.broken(DRIVER, "is too old: for CUDA up to " + newest).withRemedy(Remedies.newerDriver())
                : Finding.ok(DRIVER).withDetail("for CUDA up to " + newest);
    }

    private static Finding silent(boolean hasRuntime, NvidiaDevices devices, SharedLibrary library) {
        return switch (library.presence()) {
            case LOADS -> loaded(hasRuntime, devices);
            case BROKEN ->
                Finding.broken(DRIVER, "is there and does not load: " + library.message())
                        .withRemedy(Remedies.newerDriver());
            case MISSING ->
                devices.areGiven()
                        ? Finding.broken(DRIVER, "the kernel has it, but " + library.fileName() + " is not found")
                                .withRemedy("install the driver's libraries for computing, of the same version; in a"
                                        + " container, start it with docker run --gpus all (NVIDIA Container Toolkit)")
                        : Finding.absent(DRIVER, "there is none here: " + library.fileName() + " is not found")
                                .withRemedy(Remedies.driver());
            case NOT_ASKED -> Finding.absent(DRIVER, "none answers").withRemedy(Remedies.driver());
        };
    }

    /** CUDA asks the driver; without CUDA there is no more to know than that the library loads. */
    private static Finding loaded(boolean hasRuntime, NvidiaDevices devices) {
        if (!hasRuntime) {
            return Finding.ok(DRIVER).withDetail("its library loads; the CUDA runtime, which asks it, is missing");
        }
        String silence = "its library loads, but does not answer";
        return devices.areGiven()
                ? Finding.broken(DRIVER, silence).withRemedy(LOOK)
                : Finding.absent(DRIVER, silence).withRemedy(Remedies.driver());
    }

    private static Finding noGpu(Cuda.Status cuda, NvidiaDevices devices) {
        if (!devices.areGiven()) {
            return Finding.absent(GPU, "none that CUDA can use: networks run on the CPU");
        }
        return cuda.driverVersion().isPresent()
                ? Finding.broken(GPU, cuda.problem().orElse("CUDA finds none")).withRemedy(LOOK)
                : Finding.absent(GPU, "there is one, but CUDA cannot be asked; see the lines above");
    }

    private static Finding gpu(String name, Gpu gpu) {
        String detail =
                gpu.name() + ", compute capability " + gpu.computeCapability() + ", " + Bytes.text(gpu.memoryBytes());
        // CUDA 13 ends where TensorRT 10.15 does.
        return GpuCode.runs(GpuPart.TENSORRT, gpu.major(), gpu.minor())
                ? Finding.ok(name).withDetail(detail)
                : Finding.absent(
                        name,
                        detail + ": too old, CUDA " + Dependencies.cudaMajor() + " is for "
                                + GpuCode.text(GpuPart.TENSORRT));
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
