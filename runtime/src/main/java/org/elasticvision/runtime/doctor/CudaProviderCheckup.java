package org.elasticvision.runtime.doctor;

import org.elasticvision.runtime.engine.OnnxRuntime;

/** ONNX Runtime's CUDA provider. */
public final class CudaProviderCheckup extends GpuProviderCheckup {
    /** Called by the service loader. */
    public CudaProviderCheckup() {
        super(
                "ONNX Runtime CUDA",
                OnnxRuntime.CUDA,
                75,
                "CUDA " + Dependencies.cudaMajor() + " with cuBLAS and NVRTC, and cuDNN " + Dependencies.cudnnMajor()
                        + ",");
    }
}
