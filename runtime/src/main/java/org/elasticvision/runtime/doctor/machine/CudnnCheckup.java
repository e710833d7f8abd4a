package org.elasticvision.runtime.doctor.machine;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.NvidiaLibrary;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuPart;

/** cuDNN, which ONNX Runtime's and LibTorch's CUDA builds need. */
final class CudnnCheckup implements Checkup {
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
        return Gpu.arePossible() ? List.of(CUDNN.finding(Cuda.cudnnVersion())) : List.of();
    }
}
