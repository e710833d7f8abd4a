package org.elasticvision.convert.cli.conversion;

import org.elasticvision.convert.ExportPrecision;

/** What {@code elastic convert} makes: what needs no images, and int8. */
public enum TargetPrecision {
    /** Of 32 bits. */
    FP32,
    /** Of 16 bits, for GPUs. */
    FP16,
    /** Of 8 bits for CPUs, by way of fp32. */
    INT8;

    /** {@return the precision of the model that is exported: of int8, the one that is quantized then} */
    public ExportPrecision exported() {
        return switch (this) {
            case FP32, INT8 -> ExportPrecision.FP32;
            case FP16 -> ExportPrecision.FP16;
        };
    }

    /** {@return the ending of the model's name where nobody chooses one} */
    public String ending() {
        return switch (this) {
            case FP32, FP16 -> ".onnx";
            case INT8 -> ".int8.onnx";
        };
    }
}
