package org.elasticvision.runtime.engine;

import java.util.Arrays;
import java.util.Locale;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * In what numbers a float32 model is computed. What a model file has in 8 bits is computed in 8 bits whatever is asked for; its input
 * and output are float32 always.
 */
public enum InferencePrecision {
    /** Float32, as the file says: the answers that the model was trained for. */
    FP32,
    /** Bfloat16 with float32 sums: faster where the processor multiplies it, with two to three exact digits. */
    BF16,
    /** Float16 with float32 sums: exacter than bfloat16; numbers above 65,504 become infinite. Few processors multiply it. */
    FP16,
    /** Bfloat16 where the processor multiplies matrices of it (AMX), else float32. */
    AUTO;

    /** {@return the word of the command line} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * By its word.
     *
     * @param id the word for it
     * @return the precision
     * @throws ElasticVisionException for another word
     */
    public static InferencePrecision of(String id) {
        return Arrays.stream(values())
                .filter(precision -> precision.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ElasticVisionException("'" + id + "' is not fp32, bf16, fp16 or auto"));
    }

    @Override
    public String toString() {
        return id();
    }
}
