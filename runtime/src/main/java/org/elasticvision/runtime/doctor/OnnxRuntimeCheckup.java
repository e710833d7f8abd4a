package org.elasticvision.runtime.doctor;

import java.util.List;
import org.elasticvision.runtime.engine.OnnxRuntime;

/** ONNX Runtime, which runs every model that is not a TensorRT engine. */
public final class OnnxRuntimeCheckup implements Checkup {
    static final String NAME = "ONNX Runtime";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        return List.of(finding(OnnxRuntime.status()));
    }

    static Finding finding(OnnxRuntime.Status status) {
        if (status.problem().isPresent()) {
            return Finding.broken(NAME, status.problem().get())
                    .withRemedy("put com.microsoft.onnxruntime:onnxruntime:" + Dependencies.version("onnxruntime")
                            + " on the class path; the temporary folder must allow programs (no noexec)");
        }
        return Finding.ok(NAME)
                .withVersion(status.version().orElse("unknown"))
                .withDetail("providers: " + String.join(", ", status.providers()));
    }
}
