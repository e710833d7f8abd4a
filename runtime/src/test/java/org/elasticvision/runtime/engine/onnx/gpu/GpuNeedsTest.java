package org.elasticvision.runtime.engine.onnx.gpu;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuLibrary;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the doctor says of a provider, by what it finds. */
class GpuNeedsTest {
    private static final Gpu A10 = new Gpu("NVIDIA A10", 8, 6, 24L << 30);
    private static final Gpu B200 = new Gpu("NVIDIA B200", 10, 0, 192L << 30);
    private static final GpuLibrary CUDART =
            GpuLibraries.of(GpuPart.ONNXRUNTIME_12).get(0);
    private static final Optional<MissingLibrary> MISSING =
            Optional.of(new MissingLibrary(CUDART, "libcudart.so.12 is not found"));

    private final GpuNeeds cuda = new GpuNeeds(Provider.CUDA, "ONNX Runtime CUDA", Optional.empty(), Optional.empty());
    private final GpuNeeds tensorRt = new GpuNeeds(
            Provider.TENSORRT,
            "ONNX Runtime TensorRT",
            Optional.of(GpuPart.ONNXRUNTIME_TENSORRT),
            Optional.of(GpuPart.TENSORRT));

    private static Optional<String> notAsked() {
        throw new AssertionError("the provider must not be loaded");
    }

    @Test
    void theFirstMissingLibraryIsNamedWithAGpuAndWithout() {
        Finding without = cuda.finding(GpuPart.ONNXRUNTIME_12, MISSING, List.of(), GpuNeedsTest::notAsked);
        assertThat(without.health()).isEqualTo(Health.ABSENT);
        assertThat(without.detail()).hasValue("in this build, which is for CUDA 12: libcudart.so.12 is not found");
        assertThat(without.remedy().orElseThrow())
                .contains("CUDA 12's runtime", "nvidia-cuda-runtime-cu12==12.*", "LD_LIBRARY_PATH");
        assertThat(cuda.finding(GpuPart.ONNXRUNTIME_12, MISSING, List.of(A10), GpuNeedsTest::notAsked)
                        .health())
                .isEqualTo(Health.BROKEN);
    }

    @Test
    void withoutAGpuNothingIsLoaded() {
        Finding finding = tensorRt.finding(GpuPart.ONNXRUNTIME_13, Optional.empty(), List.of(), GpuNeedsTest::notAsked);
        assertThat(finding.health()).isEqualTo(Health.ABSENT);
        assertThat(finding.detail())
                .hasValue("in this build, which is for CUDA 13; its libraries load; there is no GPU to use it on");
    }

    @Test
    void withAGpuItIsTried() {
        assertThat(cuda.finding(GpuPart.ONNXRUNTIME_13, Optional.empty(), List.of(A10), Optional::empty))
                .isEqualTo(Finding.ok("ONNX Runtime CUDA").withDetail("in this build, which is for CUDA 13"));
        Finding broken = cuda.finding(
                GpuPart.ONNXRUNTIME_12,
                Optional.empty(),
                List.of(A10),
                () -> Optional.of("libcudnn.so.9: cannot open"));
        assertThat(broken.health()).isEqualTo(Health.BROKEN);
        assertThat(broken.detail())
                .hasValue("in this build, which is for CUDA 12, does not load: libcudnn.so.9: cannot open");
    }

    @Test
    void aGpuWithoutCodeForIt() {
        Finding broken =
                cuda.finding(GpuPart.ONNXRUNTIME_13, Optional.empty(), List.of(A10, B200), GpuNeedsTest::notAsked);
        assertThat(broken.health()).isEqualTo(Health.BROKEN);
        assertThat(broken.detail().orElseThrow())
                .contains("no code for compute capability 10.0, only for 7.5, 8.0, 8.6, 8.9, 9.0, 12.0");
        // TensorRT makes its own.
        assertThat(tensorRt.finding(GpuPart.ONNXRUNTIME_13, Optional.empty(), List.of(B200), Optional::empty)
                        .health())
                .isEqualTo(Health.OK);
    }
}
