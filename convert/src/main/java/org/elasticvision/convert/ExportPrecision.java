package org.elasticvision.convert;

import java.util.Locale;

/** What a checkpoint can be converted to without looking at images; int8 needs some: {@code elastic quantize}. */
public enum ExportPrecision {
    /** Weights and activations of 32 bits. */
    FP32,
    /** Weights and activations of 16 bits, for GPUs. */
    FP16;

    /** {@return the word for it in options and in model files} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
