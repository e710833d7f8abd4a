package org.elasticvision.runtime.engine;

import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.tensorrt.Cuda;
import org.elasticvision.runtime.engine.tensorrt.Gpu;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The GPU comes first: a larger build would be downloaded in vain without one. */
class ProviderCheckTest {
    private static final EngineOptions SECOND =
            EngineOptions.defaults().withProvider(Provider.CUDA).withGpu(1);
    private static final Gpu GPU = new Gpu("NVIDIA A10", 8, 6, 24L << 30);

    @Test
    void aGpuAndTheProvider() {
        assertThat(ProviderCheck.problem(SECOND, cuda(GPU, GPU), true)).isEmpty();
    }

    @Test
    void aGpuWithoutTheProvider() {
        assertThat(ProviderCheck.problem(SECOND, cuda(GPU, GPU), false))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("this build does not have it; in a checkout ELASTIC_MAVEN=-Pcuda ./elastic ...")
                        .contains("onnxruntime_gpu"));
    }

    @Test
    void noGpu() {
        Cuda.Status none =
                new Cuda.Status(List.of(), Optional.empty(), Optional.empty(), Optional.of("there is no driver"));
        assertThat(ProviderCheck.problem(SECOND, none, true))
                .hasValue("there is no driver (the provider cpu needs none)");
        assertThat(ProviderCheck.problem(SECOND, none, false)).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("there is no driver (the provider cpu needs none); nor has this build the provider:")
                .contains("ELASTIC_MAVEN=-Pcuda"));
    }

    @Test
    void anotherGpuThanThereIs() {
        assertThat(ProviderCheck.problem(SECOND, cuda(GPU), true)).hasValue("there is no GPU 1; the only one is 0");
    }

    private static Cuda.Status cuda(Gpu... gpus) {
        return new Cuda.Status(List.of(gpus), Optional.of("13.1"), Optional.of("13.1"), Optional.empty());
    }
}
