package org.elasticvision.train.torch.device;

import java.util.OptionalInt;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TorchOptionsTest {
    /** Without the command line too. */
    @Test
    void float16IsForGpus() {
        TorchOptions onCpu = TorchOptions.defaults();
        assertThatThrownBy(() -> onCpu.withPrecision(TrainingPrecision.FLOAT16))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("the precision FLOAT16 is for GPUs, and the device is cpu; use FLOAT32, or BFLOAT16 on a"
                        + " processor that has instructions for it");
        TorchSettings saved = new TorchSettings("cpu", TrainingPrecision.FLOAT16, true, false, OptionalInt.empty());
        assertThatThrownBy(saved::open)
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("FLOAT16 is for GPUs");
        TorchOptions onGpu = new TorchOptions(new TorchDevice(true, 0), TrainingPrecision.FLOAT16, true, false);
        assertThat(onGpu.precision().scalesLoss()).isTrue();
        assertThat(onCpu.withPrecision(TrainingPrecision.BFLOAT16).device()).isEqualTo(TorchDevice.CPU);
    }
}
