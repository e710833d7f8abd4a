package org.elasticvision.train.torch.device;

import java.util.List;
import org.elasticvision.runtime.gpu.Cuda;
import org.elasticvision.runtime.gpu.Gpu;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class TorchDeviceTest {
    private static final Gpu A10 = new Gpu("NVIDIA A10", 8, 6, 24L << 30);
    private static final Gpu THOR = new Gpu("NVIDIA Thor", 11, 0, 128L << 30);

    @Test
    void aGpuThatLibTorchHasNoCodeFor() {
        assertThat(TorchDevice.withoutCode(List.of(A10, THOR), 0)).isEmpty();
        assertThat(TorchDevice.withoutCode(List.of(A10, THOR), 1))
                .hasValue(
                        "LibTorch has no code for NVIDIA Thor (compute capability 11.0), only for 7.5, 8.0, 9.0, 10.0,"
                                + " 12.0 and later ones of the same major number; use cpu");
    }

    @Test
    void withoutAGpuTheFirstReasonIsNamed() {
        assumeThat(Cuda.status().gpus()).as("this machine has a GPU").isEmpty();
        assertThat(TorchDevice.of("auto")).isEqualTo(TorchDevice.CPU);
        assertThatThrownBy(() -> TorchDevice.of("cuda"))
                .hasMessageStartingWith("device cuda: ")
                .hasMessageContaining(TorchLibrary.isCudaBuild() ? "driver" : "this build of LibTorch is for the CPU")
                .hasMessageContaining("use cpu to train without");
    }
}
