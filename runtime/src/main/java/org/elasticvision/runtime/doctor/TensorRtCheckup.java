package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.tensorrt.TensorRt;

/** TensorRT's library, which runs engine files. */
public final class TensorRtCheckup implements Checkup {
    static final String NAME = "TensorRT";

    @Override
    public String name() {
        return NAME;
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
        return NvidiaDevices.arePossible() ? List.of(finding(TensorRt.status())) : List.of();
    }

    static Finding finding(TensorRt.Status status) {
        return status.version()
                .map(version -> Finding.ok(NAME).withVersion(version))
                .orElseGet(() -> Finding.absent(
                                NAME, status.problem().orElse("not found").split("; ", 2)[0])
                        .withRemedy(Remedies.tensorRt()));
    }
}
