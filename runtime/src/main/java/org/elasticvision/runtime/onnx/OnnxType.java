package org.elasticvision.runtime.onnx;

import java.util.Arrays;
import java.util.Optional;

/** The types of a tensor's elements that networks for images have. */
public enum OnnxType {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    FLOAT16(10, 2);

    private final int number;
    private final int bytes;

    OnnxType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** {@return bytes of one element} */
    public int bytes() {
        return bytes;
    }

    /** {@return the type that {@code onnx.proto} gives this number; empty for one that is not read here} */
    static Optional<OnnxType> of(long number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }
}
