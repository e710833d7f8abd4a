package org.elasticvision.convert.quantize.qdq;

import java.util.Locale;

/** What an int8 model is made for; the forms that are fast differ. */
public enum Int8Target {
    /** ONNX Runtime on CPUs: unsigned activations with a zero point, weights that 16-bit sums can hold. */
    CPU,
    /** TensorRT: signed activations without a zero point. It runs on CPUs too, at half the speed. */
    TENSORRT;

    /** {@return the word for it in options} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return id();
    }
}
