package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.tensorrt.Cudnn;
import org.elasticvision.runtime.gpu.GpuPart;

/** cuDNN, which ONNX Runtime's and LibTorch's CUDA builds need. */
public final class CudnnCheckup implements Checkup {
    private static final NvidiaLibrary CUDNN = new NvidiaLibrary(
            "cuDNN",
            "cuda",
            "org.bytedeco.cuda.global.cudnn",
            "libcudnn.so." + Dependencies.cudnnMajor(),
            GpuPart.TENSORRT,
            Remedies.library(GpuPart.TENSORRT, "libcudnn."));

    @Override
    public String name() {
        return CUDNN.name();
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        return NvidiaDevices.arePossible() ? List.of(CUDNN.finding(Cudnn.version())) : List.of();
    }
}
