package org.elasticvision.runtime.engine.tensorrt;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.NvidiaLibrary;
import org.elasticvision.runtime.doctor.checkup.Remedies;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.TensorRt;

/** TensorRT's library, which runs engine files. */
final class TensorRtCheckup implements Checkup {
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
        return Gpu.arePossible() ? List.of(TENSORRT.finding(TensorRt.status().version())) : List.of();
    }
}
