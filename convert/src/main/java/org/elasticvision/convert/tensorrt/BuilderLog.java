package org.elasticvision.convert.tensorrt;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorrt.nvinfer.ILogger;

/** Collects the errors that TensorRT logs, from any thread. It must outlive all that was made with it. */
final class BuilderLog extends ILogger {
    private static final int MOST = 50;

    private final List<String> errors = new ArrayList<>();

    /** Called by TensorRT, which an exception must never reach. */
    @Override
    public void log(Severity severity, String message) {
        if (severity == null || message == null || severity.value > Severity.kERROR.value) {
            return;
        }
        synchronized (errors) {
            if (errors.size() < MOST) {
                errors.add(message);
            }
        }
    }

    List<String> errors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }
}
