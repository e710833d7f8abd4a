package org.elasticvision.convert.quantize.qdq;

import java.nio.file.Path;
import java.util.Locale;

/** What an int8 model is made for; the forms that are fast differ. */
public enum Int8Target {
    /** ONNX Runtime on CPUs: unsigned activations with a zero point, weights that 16-bit sums can hold. */
    CPU,
    /** TensorRT: signed activations without a zero point. It runs on CPUs too, at half the speed. */
    TENSORRT;

    /**
     * {@return the int8 model of an fp32 model where no other name is given: beside it, with {@code .int8.onnx} or {@code .int8-tensorrt.onnx}}
     *
     * @param fp32 the file
     */
    public Path beside(Path fp32) {
        Path name = fp32.getFileName();
        String base = name == null ? "model" : name.toString().replaceFirst("\\.onnx$", "");
        return fp32.resolveSibling(base
                + switch (this) {
                    case CPU -> ".int8.onnx";
                    case TENSORRT -> ".int8-tensorrt.onnx";
                });
    }

    /** {@return the word for it in options} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return id();
    }
}
