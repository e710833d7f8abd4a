package org.elasticvision.runtime.doctor;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.tensorrt.Cudnn;

/** cuDNN, which ONNX Runtime's and LibTorch's CUDA builds need. */
public final class CudnnCheckup implements Checkup {
    static final String NAME = "cuDNN";

    @Override
    public String name() {
        return NAME;
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
        return NvidiaDevices.arePossible() ? List.of(finding(Cudnn.version())) : List.of();
    }

    static Finding finding(Optional<String> version) {
        return version.map(text -> Finding.ok(NAME).withVersion(text))
                .orElseGet(() -> Finding.absent(NAME, "its libraries are not found").withRemedy(Remedies.cudnn()));
    }
}
