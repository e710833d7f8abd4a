package org.elasticvision.runtime.cpu;

/** Who made a processor: the same instructions are not equally fast in those of different makers. */
public enum CpuMaker {
    /** Its processors multiply vectors of bfloat16 (AVX-512 BF16) no faster than those of float32. */
    INTEL("Intel"),
    /** Its processors multiply vectors of bfloat16 twice as fast. */
    AMD("AMD"),
    /** Any other, or not known. */
    OTHER("");

    private final String beginning;

    CpuMaker(String beginning) {
        this.beginning = beginning;
    }

    /**
     * {@return the maker}
     *
     * @param model as the operating system names the processor, such as {@code AMD EPYC 7763 64-Core Processor}
     */
    public static CpuMaker of(String model) {
        return model.startsWith(INTEL.beginning) ? INTEL : model.startsWith(AMD.beginning) ? AMD : OTHER;
    }
}
