package org.elasticvision.runtime.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.tensorrt.Cuda;
import org.elasticvision.runtime.engine.tensorrt.Gpu;

/** What follows from CUDA's answer. */
final class CudaFindings {
    static final String DRIVER = "NVIDIA driver";
    static final String RUNTIME = "CUDA runtime";
    static final String GPU = "GPU";

    /** What CUDA 13 and TensorRT 10.15 still support: Turing and later. */
    private static final int OLDEST_MAJOR = 7;

    private static final int OLDEST_MINOR = 5;

    private CudaFindings() {}

    static List<Finding> of(Cuda.Status cuda, NvidiaDevices devices) {
        List<Finding> findings = new ArrayList<>();
        findings.add(driver(cuda, devices));
        findings.add(runtime(cuda));
        if (cuda.gpus().isEmpty()) {
            findings.add(noGpu(cuda, devices));
        }
        for (int i = 0; i < cuda.gpus().size(); i++) {
            findings.add(gpu(GPU + " " + i, cuda.gpus().get(i)));
        }
        return findings;
    }

    private static Finding driver(Cuda.Status cuda, NvidiaDevices devices) {
        Optional<String> version = devices.driverVersion();
        if (cuda.driverVersion().isPresent()) {
            String newest = "for CUDA up to " + cuda.driverVersion().get();
            boolean tooOld = cuda.runtimeVersion()
                    .filter(runtime -> major(runtime) > major(cuda.driverVersion().get()))
                    .isPresent();
            Finding finding = tooOld
                    ? Finding.broken(DRIVER, "is too old: " + newest).withRemedy(Remedies.newerDriver())
                    : Finding.ok(DRIVER).withDetail(newest);
            return version.map(finding::withVersion).orElse(finding);
        }
        if (devices.areGiven() && cuda.runtimeVersion().isPresent()) {
            Finding finding = Finding.broken(
                            DRIVER, "the kernel has it, but CUDA does not reach it (libcuda.so.1 of the same version)")
                    .withRemedy("install the driver's libraries for computing; in a container, start it with"
                            + " docker run --gpus all (NVIDIA Container Toolkit)");
            return version.map(finding::withVersion).orElse(finding);
        }
        if (devices.areGiven()) { // CUDA, through which it is asked, is missing: the next line says so
            Finding finding = Finding.ok(DRIVER).withDetail("not tried, for want of CUDA");
            return version.map(finding::withVersion).orElse(finding);
        }
        return Finding.absent(DRIVER, "there is none here").withRemedy(Remedies.driver());
    }

    private static Finding runtime(Cuda.Status cuda) {
        if (cuda.runtimeVersion().isPresent()) {
            return Finding.ok(RUNTIME).withVersion(cuda.runtimeVersion().get());
        }
        String problem = cuda.problem().orElse("it does not answer");
        return Finding.absent(RUNTIME, problem.split("; ", 2)[0]).withRemedy(Remedies.cudaToolkit());
    }

    private static Finding noGpu(Cuda.Status cuda, NvidiaDevices devices) {
        if (devices.areGiven() && cuda.driverVersion().isPresent()) {
            return Finding.broken(GPU, cuda.problem().orElse("CUDA finds none"))
                    .withRemedy("see what nvidia-smi says, then the kernel's log (dmesg)");
        }
        return Finding.absent(GPU, "none that CUDA can use: networks run on the CPU");
    }

    private static Finding gpu(String name, Gpu gpu) {
        String detail = gpu.name() + ", compute capability " + gpu.computeCapability() + ", "
                + Bytes.text(gpu.memoryBytes());
        boolean tooOld =
                gpu.major() < OLDEST_MAJOR || (gpu.major() == OLDEST_MAJOR && gpu.minor() < OLDEST_MINOR);
        return tooOld
                ? Finding.absent(name, detail + ": too old, CUDA 13 needs " + OLDEST_MAJOR + "." + OLDEST_MINOR)
                : Finding.ok(name).withDetail(detail);
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
