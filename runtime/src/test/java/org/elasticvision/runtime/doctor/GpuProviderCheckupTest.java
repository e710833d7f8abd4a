package org.elasticvision.runtime.doctor;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.OnnxRuntime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GpuProviderCheckupTest {
    private static final OnnxRuntime.Status CPU_BUILD =
            new OnnxRuntime.Status(Optional.of("1.29.0"), List.of("CPU"), Optional.empty());
    private static final OnnxRuntime.Status GPU_BUILD =
            new OnnxRuntime.Status(Optional.of("1.29.0"), List.of("CPU", "CUDA", "TENSOR_RT"), Optional.empty());

    private final CudaProviderCheckup cuda = new CudaProviderCheckup();
    private final TensorRtProviderCheckup tensorRt = new TensorRtProviderCheckup();

    private static Optional<String> notAsked() {
        throw new AssertionError("the provider must not be loaded");
    }

    @Test
    void aBuildForTheCpuNamesTheOther() {
        Finding finding = cuda.finding(CPU_BUILD, true, GpuProviderCheckupTest::notAsked);
        assertThat(finding.state()).isEqualTo(State.ABSENT);
        assertThat(finding.remedy().orElseThrow())
                .contains("-Pcuda", "onnxruntime_gpu:" + Dependencies.version("onnxruntime"));
    }

    @Test
    void withoutAGpuNothingIsLoaded() {
        assertThat(tensorRt.finding(GPU_BUILD, false, GpuProviderCheckupTest::notAsked)
                        .state())
                .isEqualTo(State.ABSENT);
    }

    @Test
    void withAGpuItIsTried() {
        assertThat(cuda.finding(GPU_BUILD, true, Optional::empty)).isEqualTo(Finding.ok("ONNX Runtime CUDA"));
        Finding broken = cuda.finding(GPU_BUILD, true, () -> Optional.of("libcudnn.so.9: cannot open"));
        assertThat(broken.state()).isEqualTo(State.BROKEN);
        assertThat(broken.detail()).hasValue("does not load: libcudnn.so.9: cannot open");
        assertThat(broken.remedy().orElseThrow()).contains("cuDNN 9", "LD_LIBRARY_PATH");
    }

    /** The names are ONNX Runtime's; a GPU's provider that this build lacks is refused, not crashed upon. */
    @Test
    void theLibraryItself() {
        OnnxRuntime.Status status = OnnxRuntime.status();
        assertThat(status.problem()).isEmpty();
        assertThat(status.providers()).contains("CPU");
        if (!status.providers().contains(OnnxRuntime.CUDA)) {
            assertThat(OnnxRuntime.providerProblem(OnnxRuntime.CUDA)).isPresent();
            assertThat(OnnxRuntime.providerProblem(OnnxRuntime.TENSORRT)).isPresent();
        }
    }
}
