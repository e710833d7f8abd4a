package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.OnnxRuntime;
import org.elasticvision.runtime.gpu.GpuPart;

/** ONNX Runtime's CUDA provider. */
public final class CudaProviderCheckup extends GpuProviderCheckup {
    /** Called by the service loader. */
    public CudaProviderCheckup() {
        super("ONNX Runtime CUDA", OnnxRuntime.CUDA, 75);
    }

    @Override
    List<GpuPart> parts(GpuPart cuda) {
        return List.of(cuda);
    }

    @Override
    GpuPart code(GpuPart cuda) {
        return cuda;
    }
}
