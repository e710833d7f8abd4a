package org.elasticvision.runtime.engine.onednn;

import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.choice.InstructionLevel;
import org.elasticvision.runtime.engine.onednn.natives.OneDnn;
import org.elasticvision.runtime.engine.onednn.natives.Precision;

/**
 * In what numbers this processor computes fast, by the instructions that oneDNN uses: those that the processor has, unless the
 * environment variable {@code ONEDNN_MAX_CPU_ISA} hides some. Immutable.
 *
 * @param bf16 with what bfloat16 is multiplied; empty where it is not
 * @param prefersBf16 whether it is faster than float32
 * @param fp16 with what float16 is
 * @param int8 with what 8 bits are; never empty
 */
record CpuPrecisions(String bf16, boolean prefersBf16, String fp16, String int8) {
    private static final String AMX = "AMX";

    static CpuPrecisions current() {
        return of(CpuFeatures.current(), OneDnn.instructions());
    }

    static CpuPrecisions of(CpuFeatures cpu, String used) {
        boolean amx = used.contains("amx");
        boolean avx512 = amx || used.contains("avx512") || used.contains("avx10");
        boolean bf16 = amx || used.contains("bf16") || used.contains("fp16") || used.contains("avx10");
        String int8;
        if (amx && cpu.has(CpuFeature.AMX_INT8)) {
            int8 = AMX;
        } else if (used.contains("vnni") || bf16) {
            int8 = avx512 ? "AVX-512 VNNI" : "AVX-VNNI";
        } else {
            int8 = avx512 ? "AVX-512 without VNNI" : "AVX2 without VNNI";
        }
        return new CpuPrecisions(
                amx ? AMX : bf16 ? "AVX-512 BF16" : "",
                InstructionLevel.ofName(used)
                        .filter(level -> level.prefersBfloat16(cpu.maker()))
                        .isPresent(),
                used.contains("amx_fp16") ? AMX : used.contains("fp16") || used.contains("avx10") ? "AVX-512 FP16" : "",
                cpu.isArm() ? "NEON" : int8);
    }

    /** {@return in what is computed where this is asked for} */
    Precision resolve(InferencePrecision asked) {
        return switch (asked) {
            case FP32 -> Precision.FP32;
            case AUTO -> prefersBf16 ? Precision.BF16 : Precision.FP32;
            case BF16 -> require(asked, bf16, Precision.BF16);
            case FP16 -> require(asked, fp16, Precision.FP16);
        };
    }

    private static Precision require(InferencePrecision asked, String with, Precision precision) {
        if (with.isEmpty()) {
            throw new ModelException("this processor does not multiply " + asked
                    + ": it would take several times as long as fp32; use --inference-precision auto or fp32");
        }
        return precision;
    }

    String text(String used) {
        return "int8 with " + int8 + ", " + (bf16.isEmpty() ? "no bf16" : "bf16 with " + bf16) + " (" + used + ")";
    }
}
