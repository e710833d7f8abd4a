package org.elasticvision.runtime.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the processor can do, as the operating system tells.
 *
 * @param model such as {@code AMD EPYC 7763 64-Core Processor}; empty where it is not told
 * @param all that every core has
 * @param isKnown whether it was told at all; else nothing is listed
 */
public record CpuFeatures(Optional<String> model, Set<CpuFeature> all, boolean isKnown) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    public CpuFeatures {
        all = Collections.unmodifiableSet(all.isEmpty() ? EnumSet.noneOf(CpuFeature.class) : EnumSet.copyOf(all));
    }

    static CpuFeatures unknown() {
        return new CpuFeatures(Optional.empty(), Set.of(), false);
    }

    /** Asked once. */
    private static final class Current {
        private static final CpuFeatures FEATURES = ask();
    }

    /**
     * Of this machine: asked of Linux and macOS, not known elsewhere.
     *
     * @return the features
     */
    public static CpuFeatures current() {
        return Current.FEATURES;
    }

    private static CpuFeatures ask() {
        try {
            if (Files.isReadable(LINUX)) {
                return LinuxCpuInfo.parse(Files.readString(LINUX));
            }
            if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")) {
                return MacSysctl.read();
            }
            return unknown();
        } catch (IOException e) {
            return unknown();
        }
    }

    /**
     * {@return whether the CPU has it}
     *
     * @param feature one of those that are looked for
     */
    public boolean has(CpuFeature feature) {
        return all.contains(feature);
    }

    /** {@return who made it, by its model's name} */
    public CpuMaker maker() {
        return model.map(CpuMaker::of).orElse(CpuMaker.OTHER);
    }

    /** {@return whether it is one of ARM's, as far as is known} */
    public boolean isArm() {
        return has(CpuFeature.NEON);
    }

    /**
     * {@return whether there are instructions for products of bfloat16} Where there are none, computing with it takes many times as
     * long as with float32.
     */
    public boolean multipliesBfloat16() {
        return has(CpuFeature.AVX512_BF16) || has(CpuFeature.AMX_BF16) || has(CpuFeature.BF16);
    }

    /**
     * {@return whether products of 8 bits are summed in 32 bits} Where this is false, the matrix code of x86 sums pairs
     * of them in 16, and weights must be such that these cannot overflow.
     */
    public boolean sumsBytesIn32Bits() {
        return isArm() || has(CpuFeature.AVX512_VNNI) || has(CpuFeature.AVX_VNNI);
    }
}
