package org.elasticvision.runtime.engine;

import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.TensorRt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test tagged {@code gpu} needs; where it is missing the test is skipped, and the reason is what is missing. */
public final class GpuRequirements {
    private GpuRequirements() {}

    public static void requireGpu() {
        Cuda.Status cuda = Cuda.status();
        assumeTrue(cuda.problem().isEmpty(), cuda::toString);
    }

    public static void requireTensorRt() {
        requireGpu();
        TensorRt.Status tensorRt = TensorRt.status();
        assumeTrue(tensorRt.problem().isEmpty(), tensorRt::toString);
    }
}
