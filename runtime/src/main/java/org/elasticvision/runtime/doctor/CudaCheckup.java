package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.tensorrt.Cuda;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.SharedLibrary;

/** NVIDIA's driver, CUDA and the GPUs. */
public final class CudaCheckup implements Checkup {
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
        if (!NvidiaDevices.arePossible()) {
            return List.of();
        }
        Cuda.Status cuda = Cuda.status();
        return CudaFindings.of(
                cuda,
                NvidiaDevices.current(),
                SharedLibrary.load(NvidiaLibrary.DRIVER),
                RUNTIME.finding(cuda.runtimeVersion()));
    }
}
