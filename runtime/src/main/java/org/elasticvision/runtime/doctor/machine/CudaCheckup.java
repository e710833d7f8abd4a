package org.elasticvision.runtime.doctor.machine;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.NvidiaLibrary;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.SharedLibrary;

/** NVIDIA's driver, CUDA and the GPUs. */
final class CudaCheckup implements Checkup {
    static final NvidiaLibrary RUNTIME = new NvidiaLibrary(
            "CUDA runtime",
            "cuda",
            "org.bytedeco.cuda.global.cudart",
            "libcudart.so." + Dependencies.cudaMajor(),
            GpuPart.GPUS,
            Remedies.library(GpuPart.GPUS, "libcudart."));

    @Override
    public String name() {
        return "CUDA";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        if (!Gpu.arePossible()) {
            return List.of();
        }
        Cuda.Status cuda = Cuda.status();
        return CudaFindings.of(
                cuda,
                NvidiaDevices.current(),
                SharedLibrary.load(GpuLibraries.DRIVER),
                RUNTIME.finding(cuda.runtimeVersion()));
    }
}
