package org.elasticvision.runtime.doctor.machine;

import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessorCheckupTest {
    private static Finding instructions(boolean x86, boolean isKnown, CpuFeature... features) {
        return ProcessorCheckup.instructions(new CpuFeatures(Optional.empty(), Set.of(features), isKnown), x86);
    }

    @Test
    void theInstructionsAreListed() {
        assertThat(instructions(true, true, CpuFeature.AVX512_VNNI, CpuFeature.AVX2))
                .isEqualTo(Finding.ok("CPU instructions").withDetail("AVX2, AVX-512 VNNI"));
        assertThat(instructions(false, true, CpuFeature.NEON).detail()).hasValue("NEON");
    }

    @Test
    void whatTheirLackMeans() {
        Finding noVnni = instructions(true, true, CpuFeature.AVX2);
        assertThat(noVnni.health()).isEqualTo(Health.OK);
        assertThat(noVnni.detail().orElseThrow()).startsWith("AVX2; no VNNI: INT8 needs pair-safe weights");
        assertThat(instructions(true, true).detail().orElseThrow()).startsWith("no AVX2");
        assertThat(instructions(true, true).health()).isEqualTo(Health.ABSENT);
        assertThat(instructions(true, false).detail().orElseThrow()).contains("does not tell");
    }
}
