package org.elasticvision.runtime.engine.choice;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticvision.runtime.cpu.CpuFeature;
import org.elasticvision.runtime.cpu.CpuFeatures;
import org.elasticvision.runtime.cpu.CpuMaker;

/**
 * The instructions that decide how fast networks run on a processor of x86-64, in levels as oneDNN has them; each has those of the
 * levels before it, except that {@link #AVX2_VNNI} is not in {@link #AVX512_CORE}. A processor with newer instructions is of the highest
 * level whose instructions it has.
 */
public enum InstructionLevel {
    /** Vectors of 256 bits. */
    AVX2(CpuFeature.AVX2),
    /** The same with products of 8 bits, on processors without AVX-512. */
    AVX2_VNNI(CpuFeature.AVX_VNNI),
    /** Vectors of 512 bits. */
    AVX512_CORE(CpuFeature.AVX512),
    /** Products of 8 bits, summed in 32 bits. */
    AVX512_CORE_VNNI(CpuFeature.AVX512_VNNI),
    /** Products of bfloat16; those of float16 (oneDNN's {@code avx512_core_fp16}) make no difference to what is looked up. */
    AVX512_CORE_BF16(CpuFeature.AVX512_BF16),
    /** Matrix products of 8 bits and of bfloat16. */
    AVX512_CORE_AMX(CpuFeature.AMX_BF16);

    /** What oneDNN may use at most, by its own names. */
    private static final String LIMIT = "ONEDNN_MAX_CPU_ISA";

    private final CpuFeature feature;

    InstructionLevel(CpuFeature feature) {
        this.feature = feature;
    }

    /** {@return of this machine; empty where no speeds were measured: on other systems than Linux on x86-64, or without AVX2} */
    public static Optional<InstructionLevel> current() {
        boolean isMeasured = System.getProperty("os.name").startsWith("Linux")
                && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        return isMeasured ? of(CpuFeatures.current(), System.getenv(LIMIT)) : Optional.empty();
    }

    /**
     * {@return of a processor}
     *
     * @param cpu what it has
     * @param limit what {@code ONEDNN_MAX_CPU_ISA} says; null where it is not set
     */
    static Optional<InstructionLevel> of(CpuFeatures cpu, String limit) {
        Optional<InstructionLevel> most = limit == null ? Optional.of(AVX512_CORE_AMX) : ofName(limit);
        return Arrays.stream(values())
                .filter(level -> most.isPresent() && level.compareTo(most.get()) <= 0)
                .filter(level -> cpu.has(level.feature))
                .max(Comparator.naturalOrder());
    }

    /**
     * {@return the highest level that one of oneDNN's names for instructions allows; the highest of all where it is no limit}
     *
     * @param name such as {@code avx512_core_fp16}, in small or capital letters
     */
    public static Optional<InstructionLevel> ofName(String name) {
        String isa = name.toLowerCase(Locale.ROOT);
        if (isa.startsWith("sse") || isa.equals("avx")) {
            return Optional.empty();
        }
        if (isa.startsWith("avx2")) {
            return Optional.of(isa.contains("vnni") ? AVX2_VNNI : AVX2);
        }
        if (!isa.startsWith("avx") || isa.contains("amx")) {
            return Optional.of(AVX512_CORE_AMX);
        }
        if (isa.startsWith("avx10") || isa.endsWith("bf16") || isa.endsWith("fp16")) {
            return Optional.of(AVX512_CORE_BF16);
        }
        return Optional.of(isa.endsWith("vnni") ? AVX512_CORE_VNNI : AVX512_CORE);
    }

    /**
     * By its {@link #id()}.
     *
     * @param id the word for it
     * @return the level
     * @throws IllegalArgumentException for another word
     */
    static InstructionLevel ofId(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** {@return the word for it in the table, which is oneDNN's} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return whether bfloat16 is faster than float32 here, so that {@code --inference-precision auto} is bfloat16} With AMX it is. Vectors
     * of it are where AMD made the processor (a Zen 4 took 0.54 of float32's time), and are not in Intel's (an Emerald Rapids that hides
     * its AMX took 1.4 times as long).
     *
     * @param maker of the processor
     */
    public boolean prefersBfloat16(CpuMaker maker) {
        return this == AVX512_CORE_AMX || (this == AVX512_CORE_BF16 && maker == CpuMaker.AMD);
    }

    /** {@return this one and those whose speeds stand for it where its own were not measured, the nearest first} */
    List<InstructionLevel> downwards() {
        return Arrays.stream(values())
                .filter(level -> level == this || (level.compareTo(this) < 0 && level != AVX2_VNNI))
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
