package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.OnnxRuntime;
import org.elasticvision.runtime.gpu.GpuPart;

/** ONNX Runtime's TensorRT provider. */
public final class TensorRtProviderCheckup extends GpuProviderCheckup {
    /** Called by the service loader. */
    public TensorRtProviderCheckup() {
        super("ONNX Runtime TensorRT", OnnxRuntime.TENSORRT, 88);
    }

    @Override
    List<GpuPart> parts(GpuPart cuda) {
        return List.of(cuda, GpuPart.ONNXRUNTIME_TENSORRT);
    }

    @Override
    GpuPart code(GpuPart cuda) {
        return GpuPart.TENSORRT;
    }
}
