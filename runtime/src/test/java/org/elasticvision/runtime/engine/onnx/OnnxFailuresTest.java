package org.elasticvision.runtime.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import java.nio.file.Path;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.engine.onnx.failure.OnnxFailures;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What ONNX Runtime says on a GPU, which cannot be had here, in words that help. */
class OnnxFailuresTest {
    private static final Path FILE = Path.of("net.onnx");

    @Test
    void operatorsThatWouldFallBackToTheCpu() {
        OrtException e = new OrtException(
                OrtErrorCode.ORT_FAIL,
                "This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been"
                        + " explicitly disabled by the user.");
        assertThat(OnnxFailures.opening(FILE, Provider.CUDA, e))
                .hasMessageStartingWith(
                        "net.onnx has operators that the provider cuda does not run; use another provider")
                .hasCause(e);
    }

    @Test
    void aFullGpu() {
        OrtException e = new OrtException(OrtErrorCode.ORT_RUNTIME_EXCEPTION, "CUDA failure 2: out of memory ; GPU=0");
        assertThat(OnnxFailures.running(FILE, e)).hasMessageStartingWith("not enough memory for running net.onnx");
        assertThat(OnnxFailures.opening(FILE, Provider.CUDA, e))
                .hasMessageStartingWith("not enough memory for opening net.onnx");
    }
}
