package org.elasticvision.runtime.engine.choice;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.onednn.OneDnnRequirements;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InstructionLevelTest {
    private static final String SAPPHIRE_RAPIDS = "AVX2 AVX512 AVX512_VNNI AVX_VNNI AVX512_BF16 AMX_INT8 AMX_BF16";

    private static CpuFeatures cpu(String features) {
        Set<CpuFeature> all =
                Arrays.stream(features.split(" ")).map(CpuFeature::valueOf).collect(Collectors.toSet());
        return new CpuFeatures(Optional.of("a processor"), all, true);
    }

    @ParameterizedTest
    @CsvSource({
        "AVX2, avx2",
        "AVX2 AVX_VNNI, avx2_vnni",
        "AVX2 AVX512, avx512_core",
        "AVX2 AVX512 AVX512_VNNI, avx512_core_vnni",
        "AVX2 AVX512 AVX512_VNNI AVX_VNNI AVX512_BF16, avx512_core_bf16",
        SAPPHIRE_RAPIDS + ", avx512_core_amx"
    })
    void isTheHighestThatTheProcessorHas(String features, String level) {
        assertThat(InstructionLevel.of(cpu(features), null))
                .map(InstructionLevel::id)
                .contains(level);
    }

    @Test
    void othersHaveNone() {
        assertThat(InstructionLevel.of(cpu("NEON"), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AVX2, avx2",
        "avx2_vnni_2, avx2_vnni",
        "AVX512_CORE, avx512_core",
        "AVX512_CORE_VNNI, avx512_core_vnni",
        "AVX512_CORE_FP16, avx512_core_bf16",
        "AVX10_1_512, avx512_core_bf16",
        "AVX10_1_512_AMX, avx512_core_amx",
        "DEFAULT, avx512_core_amx",
        "SSE41,",
        "AVX,"
    })
    void isLimitedAsOneDnnIs(String limit, String level) {
        assertThat(InstructionLevel.of(cpu(SAPPHIRE_RAPIDS), limit).map(InstructionLevel::id))
                .isEqualTo(Optional.ofNullable(level));
    }

    @Test
    void aLimitAddsNothing() {
        assertThat(InstructionLevel.of(cpu("AVX2"), "AVX512_CORE_AMX")).contains(InstructionLevel.AVX2);
        assertThat(InstructionLevel.of(cpu("AVX2 AVX512"), "AVX2_VNNI")).contains(InstructionLevel.AVX2);
    }

    @Test
    void lowerOnesStandForIt() {
        assertThat(InstructionLevel.AVX512_CORE_VNNI.downwards())
                .isEqualTo(List.of(
                        InstructionLevel.AVX512_CORE_VNNI, InstructionLevel.AVX512_CORE, InstructionLevel.AVX2));
        assertThat(InstructionLevel.AVX2_VNNI.downwards())
                .isEqualTo(List.of(InstructionLevel.AVX2_VNNI, InstructionLevel.AVX2));
    }

    /** Found out without oneDNN, so that it need not be loaded to decide against it. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void isWhatOneDnnUsesHere() {
        OneDnnRequirements.assumeThatItLoads();
        assertThat(InstructionLevel.current()).isEqualTo(InstructionLevel.ofName(OneDnn.instructions()));
    }
}
