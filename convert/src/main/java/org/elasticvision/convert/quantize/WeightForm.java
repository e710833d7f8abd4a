package org.elasticvision.convert.quantize;

/** How weights become 8 bits, always with a scale per output channel and no zero point. */
public enum WeightForm {
    /** -127 to 127. For processors that sum in 32 bits: TensorRT's GPUs, x86 with VNNI, ARM. */
    FULL,
    /**
     * -127 to 127, but no two neighbours of one sign sum to more than 128: what AVX2 and AVX-512 without VNNI can multiply by
     * unsigned activations, whose pairs they sum in 16 bits with saturation.
     */
    PAIR_SAFE,
    /** -63 to 63: safe as well, simpler and coarser. */
    SEVEN_BITS
}
