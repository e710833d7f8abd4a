package org.elasticvision.runtime.doctor;

import org.elasticvision.runtime.engine.OnnxRuntime;

/** ONNX Runtime's TensorRT provider. */
public final class TensorRtProviderCheckup extends GpuProviderCheckup {
    /** Called by the service loader. */
    public TensorRtProviderCheckup() {
        super(
                "ONNX Runtime TensorRT",
                OnnxRuntime.TENSORRT,
                88,
                "CUDA " + Dependencies.cudaMajor() + ", cuDNN " + Dependencies.cudnnMajor() + ", and TensorRT "
                        + Dependencies.tensorRtMajor() + " with its ONNX parser,");
    }
}
