package org.elasticvision.runtime.engine.onnx.gpu;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.elasticvision.runtime.gpu.GpuLibraries;
import org.elasticvision.runtime.gpu.GpuLibrary;
import org.elasticvision.runtime.gpu.GpuPart;
import org.elasticvision.runtime.gpu.MissingLibrary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The GPU comes first: a larger build would be downloaded in vain without one. */
class ProviderCheckTest {
    private static final EngineOptions SECOND =
            EngineOptions.defaults().withProvider(Provider.CUDA).withGpu(1);
    private static final Gpu GPU = new Gpu("NVIDIA A10", 8, 6, 24L << 30);

    @Test
    void aGpuAndTheProvider() {
        assertThat(problem(SECOND, cuda(GPU, GPU), true)).isEmpty();
    }

    @Test
    void aGpuWithoutTheProvider() {
        assertThat(problem(SECOND, cuda(GPU, GPU), false)).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("this build does not have it; in a checkout ELASTIC_MAVEN=-Pcuda ./elastic ...")
                .contains("onnxruntime_gpu"));
    }

    @Test
    void noGpu() {
        Cuda.Status none =
                new Cuda.Status(List.of(), Optional.empty(), Optional.empty(), Optional.of("there is no driver"));
        assertThat(problem(SECOND, none, true)).hasValue("there is no driver (the provider cpu needs none)");
        assertThat(problem(SECOND, none, false)).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("there is no driver (the provider cpu needs none); nor has this build the provider:")
                .contains("ELASTIC_MAVEN=-Pcuda"));
    }

    @Test
    void anotherGpuThanThereIs() {
        assertThat(problem(SECOND, cuda(GPU), true)).hasValue("there is no GPU 1; the only one is 0");
    }

    @Test
    void theFirstMissingLibraryWithAGpuAndWithout() {
        GpuLibrary cublas = GpuLibraries.of(GpuPart.ONNXRUNTIME_12).get(1);
        ProviderCheck.Needs lacking = new ProviderCheck.Needs(
                GpuPart.ONNXRUNTIME_12, Optional.of(new MissingLibrary(cublas, cublas.fileName() + " is not found")));
        String expected =
                "libcublasLt.so.12 is not found; install cuBLAS of CUDA 12: pip's nvidia-cublas-cu12==12.*, or"
                        + " NVIDIA's package libcublas-12-9, where the system finds libraries (LD_LIBRARY_PATH; docs/gpu.md has"
                        + " one command for all)";
        assertThat(ProviderCheck.problem(SECOND, cuda(GPU, GPU), true, () -> lacking))
                .hasValue(expected);
        Cuda.Status none =
                new Cuda.Status(List.of(), Optional.empty(), Optional.empty(), Optional.of("there is no driver"));
        assertThat(ProviderCheck.problem(SECOND, none, true, () -> lacking))
                .hasValue("there is no driver (the provider cpu needs none); besides, " + expected);
    }

    @Test
    void aGpuThatTheProviderHasNoCodeFor() {
        Gpu thor = new Gpu("NVIDIA Thor", 11, 0, 128L << 30);
        assertThat(problem(SECOND, cuda(GPU, thor), true))
                .hasValue(
                        "ONNX Runtime for CUDA 13 has no code for NVIDIA Thor (compute capability 11.0), only for 7.5,"
                                + " 8.0, 8.6, 8.9, 9.0, 12.0; build an engine of the model with 'elastic build-engine', or use"
                                + " the provider cpu");
    }

    /** On a machine where all libraries are there. */
    private static Optional<String> problem(EngineOptions options, Cuda.Status cuda, boolean built) {
        return ProviderCheck.problem(
                options, cuda, built, () -> new ProviderCheck.Needs(GpuPart.ONNXRUNTIME_13, Optional.empty()));
    }

    private static Cuda.Status cuda(Gpu... gpus) {
        return new Cuda.Status(List.of(gpus), Optional.of("13.1"), Optional.of("13.1"), Optional.empty());
    }
}
