package org.elasticvision.convert.onnx.graph;

import java.util.Arrays;
import java.util.Optional;

/** The types of ONNX's tensors, by the short names that NVIDIA's tables have for them. */
public enum ElementType {
    /** ONNX's {@code float}. */
    FP32(1),
    UINT8(2),
    INT8(3),
    UINT16(4),
    INT16(5),
    INT32(6),
    INT64(7),
    STRING(8),
    BOOL(9),
    FP16(10),
    DOUBLE(11),
    UINT32(12),
    UINT64(13),
    COMPLEX64(14),
    COMPLEX128(15),
    BF16(16),
    /** E4M3FN, the one 8-bit float that TensorRT has. */
    FP8(17),
    FP8_E4M3FNUZ(18),
    FP8_E5M2(19),
    FP8_E5M2FNUZ(20),
    UINT4(21),
    INT4(22),
    FP4(23),
    FP8_E8M0(24),
    UINT2(25),
    INT2(26);

    private final int onnx;

    ElementType(int onnx) {
        this.onnx = onnx;
    }

    /**
     * {@return the type with ONNX's number; empty for 0 and what came after this was written}
     *
     * @param onnx a value of ONNX's {@code TensorProto.DataType}
     */
    public static Optional<ElementType> of(long onnx) {
        return Arrays.stream(values()).filter(type -> type.onnx == onnx).findFirst();
    }

    /** {@return ONNX's number for it} */
    public int number() {
        return onnx;
    }

    /** Whether our networks compute in it. */
    boolean isFloat() {
        return this == FP32 || this == FP16;
    }
}
