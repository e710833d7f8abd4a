package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.tensorrt.Cudnn;

/** cuDNN, which ONNX Runtime's and LibTorch's CUDA builds need. */
public final class CudnnCheckup implements Checkup {
    private static final NvidiaLibrary CUDNN = new NvidiaLibrary(
            "cuDNN",
            "cuda",
            "org.bytedeco.cuda.global.cudnn",
            "libcudnn.so." + Dependencies.cudnnMajor(),
            Remedies.cudnn());

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
