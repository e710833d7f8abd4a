package org.elasticvision.convert.tensorrt.builder;

import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;

import static org.assertj.core.api.Assumptions.assumeThat;

/** What the tests on a GPU need; they are skipped with the reason where it is missing. {@code ci/gpu-test.sh} runs them. */
final class GpuNeeded {
    private GpuNeeded() {}

    static void check() {
        assumeThat(Cuda.status().problem()).as("CUDA").isEmpty();
        assumeThat(TensorRt.status().problem()).as("TensorRT").isEmpty();
    }
}
