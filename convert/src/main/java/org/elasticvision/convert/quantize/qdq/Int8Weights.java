package org.elasticvision.convert.quantize.qdq;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;

/** How weights become 8 bits, always with a scale per output channel and no zero point. */
public enum Int8Weights {
    /** -127 to 127. For processors that sum in 32 bits: TensorRT's GPUs, x86 with VNNI, ARM. */
    FULL,
    /**
     * -127 to 127, but no two neighbours of one sign sum to more than 128: what AVX2 and AVX-512 without VNNI can multiply by
     * unsigned activations, whose pairs they sum in 16 bits with saturation.
     */
    PAIR_SAFE,
    /** -63 to 63: safe as well, simpler and coarser. ONNX Runtime's quantizer calls it {@code reduce_range}. */
    SEVEN_BITS;

    /**
     * Finds a form by its word.
     *
     * @param id the word for it
     * @return the form
     */
    public static Int8Weights of(String id) {
        return Arrays.stream(values())
                .filter(form -> form.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("'" + id + "' is not a form of weights; there are "
                        + Arrays.stream(values()).map(Int8Weights::id).collect(Collectors.joining(", "))));
    }

    /** {@return the word for it in options} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
