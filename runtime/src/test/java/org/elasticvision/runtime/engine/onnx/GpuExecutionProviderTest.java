package org.elasticvision.runtime.engine.onnx;

import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.elasticvision.runtime.gpu.GpuPart;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GpuExecutionProviderTest {
    @Test
    void tensorRtMakesItsOwnCodeAndCudaTakesOnnxRuntimes() {
        assertThat(CudaExecutionProvider.NEEDS.besides()).isEmpty();
        assertThat(CudaExecutionProvider.NEEDS.ownCode()).isEmpty();
        assertThat(TensorRtExecutionProvider.NEEDS.besides()).contains(GpuPart.ONNXRUNTIME_TENSORRT);
        assertThat(TensorRtExecutionProvider.NEEDS.ownCode()).contains(GpuPart.TENSORRT);
    }

    /** The names are ONNX Runtime's; a GPU's provider that this build lacks is refused, not crashed upon. */
    @Test
    void theLibraryItself() {
        OnnxRuntime.Status status = OnnxRuntime.status();
        assertThat(status.problem()).isEmpty();
        assertThat(status.providers()).contains("CPU");
        if (!status.providers().contains("CUDA")) {
            assertThat(new CudaExecutionProvider().problem()).isPresent();
            assertThat(new TensorRtExecutionProvider().problem()).isPresent();
            assertThat(new CudaExecutionProvider().examine()).singleElement().satisfies(finding -> {
                assertThat(finding.health()).isEqualTo(Health.ABSENT);
                assertThat(finding.remedy().orElseThrow())
                        .contains("-Pcuda", "onnxruntime_gpu:" + Dependencies.version("onnxruntime"));
            });
        }
    }
}
