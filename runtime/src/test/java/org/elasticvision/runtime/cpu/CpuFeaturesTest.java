package org.elasticvision.runtime.cpu;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.elasticvision.runtime.cpu.CpuFeature.AVX2;
import static org.elasticvision.runtime.cpu.CpuFeature.AVX512;
import static org.elasticvision.runtime.cpu.CpuFeature.AVX512_VNNI;
import static org.elasticvision.runtime.cpu.CpuFeature.AVX_VNNI;
import static org.elasticvision.runtime.cpu.CpuFeature.DOT_PRODUCT;
import static org.elasticvision.runtime.cpu.CpuFeature.I8MM;
import static org.elasticvision.runtime.cpu.CpuFeature.NEON;

class CpuFeaturesTest {
    @Test
    void intelWithVnni() {
        CpuFeatures features = LinuxCpuInfo.parse(
                """
                processor\t: 0
                vendor_id\t: GenuineIntel
                model name\t: Intel(R) Xeon(R) Platinum 8275CL CPU @ 3.00GHz
                flags\t\t: fpu sse4_2 avx f16c fma avx2 avx512f avx512dq avx512bw avx512vl avx512_vnni
                bugs\t\t: spectre_v1

                """);
        assertThat(features.model()).hasValue("Intel(R) Xeon(R) Platinum 8275CL CPU @ 3.00GHz");
        assertThat(features.all()).containsExactlyInAnyOrder(AVX2, AVX512, AVX512_VNNI);
        assertThat(features.sumsBytesIn32Bits()).isTrue();
        assertThat(features.isArm()).isFalse();
    }

    /** Client processors have VNNI without AVX-512. */
    @Test
    void intelWithoutAvx512() {
        CpuFeatures features = LinuxCpuInfo.parse("model name : 12th Gen Intel(R) Core(TM)\nflags : avx2 avx_vnni\n");
        assertThat(features.all()).containsExactlyInAnyOrder(AVX2, AVX_VNNI);
        assertThat(features.sumsBytesIn32Bits()).isTrue();
    }

    @Test
    void amdWithoutVnni() {
        CpuFeatures features = LinuxCpuInfo.parse(
                """
                processor\t: 0
                vendor_id\t: AuthenticAMD
                model name\t: AMD EPYC 7763 64-Core Processor
                flags\t\t: fpu ssse3 fma sse4_2 avx f16c avx2 vaes vpclmulqdq
                """);
        assertThat(features.all()).containsExactly(AVX2);
        assertThat(features.sumsBytesIn32Bits()).isFalse();
    }

    @Test
    void armWithoutAModelName() {
        CpuFeatures features = LinuxCpuInfo.parse(
                """
                processor\t: 0
                BogoMIPS\t: 243.75
                Features\t: fp asimd evtstrm aes crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp i8mm
                CPU implementer\t: 0x41
                CPU part\t: 0xd0c
                """);
        assertThat(features.model()).isEmpty();
        assertThat(features.all()).containsExactlyInAnyOrder(NEON, DOT_PRODUCT, I8MM);
        assertThat(features.isArm()).isTrue();
        assertThat(features.sumsBytesIn32Bits()).isTrue();
    }

    /** A thread may run on either. */
    @Test
    void smallCoresThatLackWhatTheLargeOnesHave() {
        CpuFeatures features = LinuxCpuInfo.parse(
                """
                Features\t: fp asimd asimddp
                Features\t: fp asimd
                Model\t: Some Board Rev 1
                """);
        assertThat(features.all()).containsExactly(NEON);
        assertThat(features.model()).hasValue("Some Board Rev 1");
    }

    @Test
    void aFileWithoutFlagsSaysNothing() {
        CpuFeatures features = LinuxCpuInfo.parse("model name : something\ncpu MHz : 2000\n");
        assertThat(features.isKnown()).isFalse();
        assertThat(features.all()).isEmpty();
    }

    @Test
    void macOnArm() {
        CpuFeatures features = MacSysctl.parse(
                """
                machdep.cpu.brand_string: Apple M2
                hw.optional.arm.FEAT_DotProd: 1
                hw.optional.arm.FEAT_I8MM: 1
                hw.optional.AdvSIMD: 1
                hw.optional.arm.FEAT_SME: 0
                """);
        assertThat(features.model()).hasValue("Apple M2");
        assertThat(features.all()).containsExactlyInAnyOrder(NEON, DOT_PRODUCT, I8MM);
        assertThat(features.isKnown()).isTrue();
        assertThat(MacSysctl.parse("machdep.cpu.brand_string: Apple M2\n").isKnown())
                .isFalse();
    }

    /** What these processors were sold with. */
    @Test
    void thisMachine() {
        CpuFeatures features = CpuFeatures.current();
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (features.isKnown() && architecture.equals("aarch64")) {
            assertThat(features.all()).contains(NEON).doesNotContain(AVX2);
        }
        if (System.getProperty("os.name").equals("Linux")
                && Set.of("amd64", "aarch64").contains(architecture)) {
            assertThat(features.isKnown()).isTrue();
        }
    }

    @Test
    void bfloat16() {
        assertThat(LinuxCpuInfo.parse("flags : avx2 avx512f avx512_vnni\n").multipliesBfloat16())
                .isFalse();
        assertThat(LinuxCpuInfo.parse("flags : avx2 avx512f avx512_bf16\n").multipliesBfloat16())
                .isTrue();
        assertThat(LinuxCpuInfo.parse("flags : avx2 avx512f amx_bf16 amx_tile\n")
                        .multipliesBfloat16())
                .isTrue();
        assertThat(LinuxCpuInfo.parse("Features : asimd asimddp\n").multipliesBfloat16())
                .isFalse();
        assertThat(LinuxCpuInfo.parse("Features : asimd bf16\n").multipliesBfloat16())
                .isTrue();
        assertThat(MacSysctl.parse("hw.optional.AdvSIMD: 1\nhw.optional.arm.FEAT_BF16: 1\n")
                        .multipliesBfloat16())
                .isTrue();
    }
}
