package org.elasticvision.runtime.engine.onednn;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.onednn.natives.Precision;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CpuPrecisionsTest {
    private static CpuPrecisions of(String used, CpuFeature... features) {
        return of("Intel(R) Xeon(R) Processor", used, features);
    }

    private static CpuPrecisions of(String model, String used, CpuFeature... features) {
        EnumSet<CpuFeature> all = EnumSet.noneOf(CpuFeature.class);
        all.addAll(List.of(features));
        return CpuPrecisions.of(new CpuFeatures(Optional.of(model), all, true), used);
    }

    @Test
    void autoIsBfloat16WhereThatIsFaster() {
        CpuPrecisions amx = of("avx512_core_amx", CpuFeature.AMX_BF16, CpuFeature.AMX_INT8);
        CpuPrecisions vectors = of("avx512_core_bf16", CpuFeature.AVX512_BF16);
        CpuPrecisions amd = of("AMD EPYC 9354 32-Core Processor", "avx512_core_bf16", CpuFeature.AVX512_BF16);
        CpuPrecisions olderAmd = of("AMD EPYC 7763 64-Core Processor", "avx2", CpuFeature.AVX2);
        assertEquals(Precision.BF16, amx.resolve(InferencePrecision.AUTO));
        assertEquals(Precision.FP32, vectors.resolve(InferencePrecision.AUTO));
        assertEquals(Precision.BF16, amd.resolve(InferencePrecision.AUTO));
        assertEquals(Precision.FP32, olderAmd.resolve(InferencePrecision.AUTO));
        assertEquals(Precision.BF16, vectors.resolve(InferencePrecision.BF16));
    }

    @Test
    void whatTheProcessorDoesNotMultiplyIsRefused() {
        CpuPrecisions old = of("avx2", CpuFeature.AVX2);
        String said = assertThrows(ModelException.class, () -> old.resolve(InferencePrecision.BF16))
                .getMessage();
        assertTrue(said.contains("does not multiply bf16"), said);
    }

    @Test
    void int8IsNamedByWhatMultipliesIt() {
        assertEquals("AMX", of("avx512_core_amx", CpuFeature.AMX_INT8).int8());
        assertEquals("AVX-512 VNNI", of("avx512_core_vnni").int8());
        assertEquals("AVX-VNNI", of("avx2_vnni").int8());
        assertEquals("AVX2 without VNNI", of("avx2").int8());
    }
}
