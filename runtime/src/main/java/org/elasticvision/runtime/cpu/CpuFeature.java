package org.elasticvision.runtime.cpu;

/** Instructions that make networks faster where a processor has them. */
public enum CpuFeature {
    /** Vectors of 256 bits, of x86. */
    AVX2("AVX2", "avx2", "hw.optional.avx2_0"),
    /** Vectors of 512 bits, of x86. */
    AVX512("AVX-512", "avx512f", "hw.optional.avx512f"),
    /** Products of 8 bits, summed in 32 bits, 64 bytes at a time. */
    AVX512_VNNI("AVX-512 VNNI", "avx512_vnni", "hw.optional.avx512vnni"),
    /** The same, 32 bytes at a time, of processors without AVX-512 too. */
    AVX_VNNI("AVX-VNNI", "avx_vnni", ""),
    /** Matrix products of 8 bits, of x86. */
    AMX_INT8("AMX-INT8", "amx_int8", ""),
    /** Products of bfloat16, of x86. */
    AVX512_BF16("AVX-512 BF16", "avx512_bf16", ""),
    /** Matrix products of bfloat16, of x86. */
    AMX_BF16("AMX-BF16", "amx_bf16", ""),
    /** Vectors of 128 bits, of ARM. */
    NEON("NEON", "asimd", "hw.optional.AdvSIMD"),
    /** Products of 8 bits, summed in 32 bits, of ARM. */
    DOT_PRODUCT("dot product", "asimddp", "hw.optional.arm.FEAT_DotProd"),
    /** Products of matrices of 8 bits, of ARM. */
    I8MM("I8MM", "i8mm", "hw.optional.arm.FEAT_I8MM"),
    /** Products of bfloat16, of ARM. */
    BF16("BF16", "bf16", "hw.optional.arm.FEAT_BF16");

    private final String label;
    private final String linuxFlag;
    private final String macKey;

    CpuFeature(String label, String linuxFlag, String macKey) {
        this.label = label;
        this.linuxFlag = linuxFlag;
        this.macKey = macKey;
    }

    /**
     * As people write it.
     *
     * @return its name
     */
    public String label() {
        return label;
    }

    /** Its word in Linux's {@code /proc/cpuinfo}. */
    String linuxFlag() {
        return linuxFlag;
    }

    /** Its key in what macOS's {@code sysctl} prints; empty where macOS does not tell. */
    String macKey() {
        return macKey;
    }
}
