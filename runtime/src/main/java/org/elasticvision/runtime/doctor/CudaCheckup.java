package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.tensorrt.Cuda;

/** NVIDIA's driver, CUDA and the GPUs. */
public final class CudaCheckup implements Checkup {
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
        return NvidiaDevices.arePossible() ? CudaFindings.of(Cuda.status(), NvidiaDevices.current()) : List.of();
    }
}
