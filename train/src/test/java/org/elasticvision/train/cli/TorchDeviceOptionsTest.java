package org.elasticvision.train.cli;

import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TorchDeviceOptionsTest {
    private static CpuFeatures cpu(CpuFeature... features) {
        return new CpuFeatures(Optional.of("Some Processor"), Set.of(features), true);
    }

    @Test
    void aProcessorWithoutBfloat16IsWarnedOf() {
        assertThat(TorchDeviceOptions.bfloat16Warning(cpu(CpuFeature.AVX2, CpuFeature.AVX512)))
                .hasValue(
                        "--precision bf16: this processor, Some Processor, has no instructions for it (AVX-512 BF16 or"
                                + " AMX-BF16); training will take many times as long as with fp32");
        assertThat(TorchDeviceOptions.bfloat16Warning(cpu(CpuFeature.NEON)).orElseThrow())
                .contains("instructions for it (BF16)");
    }

    @ParameterizedTest
    @EnumSource(names = {"AVX512_BF16", "AMX_BF16", "BF16"})
    void oneWithItIsNot(CpuFeature feature) {
        assertThat(TorchDeviceOptions.bfloat16Warning(cpu(CpuFeature.AVX2, feature)))
                .isEmpty();
    }

    @Test
    void norOneOfWhichNothingIsKnown() {
        assertThat(TorchDeviceOptions.bfloat16Warning(new CpuFeatures(Optional.empty(), Set.of(), false)))
                .isEmpty();
    }
}
