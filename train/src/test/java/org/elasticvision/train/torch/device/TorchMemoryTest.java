package org.elasticvision.train.torch.device;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TorchMemoryTest {
    private static Tensor zeros(long... sizes) {
        return torch.zeros(sizes);
    }

    @Test
    void saysWhatHelpsWhenMemoryIsShort() {
        assertThatThrownBy(() -> TorchMemory.needed(16, () -> zeros(1L << 30, 1L << 30)))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("16 images")
                .hasMessageContaining("--batch")
                .hasMessageContaining("--recompute")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThatThrownBy(() -> TorchMemory.needed(1, () -> zeros(2, 3).matmul(zeros(2, 3))))
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("shapes cannot be multiplied");
    }
}
