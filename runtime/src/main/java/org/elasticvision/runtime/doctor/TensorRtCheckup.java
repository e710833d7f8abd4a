package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.tensorrt.TensorRt;
import org.elasticvision.runtime.gpu.GpuPart;

/** TensorRT's library, which runs engine files. */
public final class TensorRtCheckup implements Checkup {
    private static final NvidiaLibrary TENSORRT = new NvidiaLibrary(
            "TensorRT",
            "tensorrt",
            "org.bytedeco.tensorrt.global.nvinfer",
            "libnvinfer.so." + Dependencies.tensorRtMajor(),
            GpuPart.TENSORRT,
            Remedies.tensorRt());

    @Override
    public String name() {
        return TENSORRT.name();
    }

    @Override
    public int order() {
        return 80;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        return NvidiaDevices.arePossible()
                ? List.of(TENSORRT.finding(TensorRt.status().version()))
                : List.of();
    }
}
