package org.elasticvision.convert.checkpoint.tensor;

import java.nio.ByteBuffer;
import org.elasticvision.runtime.io.Float16;

/** The element types of PyTorch tensors, under PyTorch's names. */
public enum DType {
    /** 32 bits. */
    FLOAT32("float32", 4),
    /** 64 bits. */
    FLOAT64("float64", 8),
    /** 16 bits. */
    FLOAT16("float16", 2),
    /** 16 bits, with the exponent of float32. */
    BFLOAT16("bfloat16", 2),
    /** 8 bits, signed. */
    INT8("int8", 1),
    /** 16 bits, signed. */
    INT16("int16", 2),
    /** 32 bits, signed. */
    INT32("int32", 4),
    /** 64 bits, signed. */
    INT64("int64", 8),
    /** 8 bits, unsigned. */
    UINT8("uint8", 1),
    /** 16 bits, unsigned. */
    UINT16("uint16", 2),
    /** 32 bits, unsigned. */
    UINT32("uint32", 4),
    /** One byte, 0 or 1. */
    BOOL("bool", 1),
    /** Listed with its shape, but has no real value to give. */
    COMPLEX64("complex64", 8),
    /** Listed with its shape, but has no real value to give. */
    COMPLEX128("complex128", 16);

    private final String torchName;
    private final int bytes;

    DType(String torchName, int bytes) {
        this.torchName = torchName;
        this.bytes = bytes;
    }

    /** {@return PyTorch's name without {@code torch.}, such as {@code float32}} */
    public String torchName() {
        return torchName;
    }

    /** {@return bytes per element} */
    public int bytes() {
        return bytes;
    }

    /** {@return whether it is one of the floating-point types} */
    public boolean isFloatingPoint() {
        return switch (this) {
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, BOOL, COMPLEX64, COMPLEX128 -> false;
        };
    }

    /** {@return whether it is one of the complex types} */
    public boolean isComplex() {
        return this == COMPLEX64 || this == COMPLEX128;
    }

    @Override
    public String toString() {
        return torchName;
    }

    public float floatAt(ByteBuffer buffer, int index) {
        return this == INT64 ? (float) longAt(buffer, index) : (float) doubleAt(buffer, index);
    }

    public double doubleAt(ByteBuffer buffer, int index) {
        int at = index * bytes;
        return switch (this) {
            case FLOAT32 -> buffer.getFloat(at);
            case FLOAT64 -> buffer.getDouble(at);
            case FLOAT16 -> Float16.toFloat(buffer.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(at) << 16);
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, BOOL -> longAt(buffer, index);
            case COMPLEX64, COMPLEX128 -> throw new IllegalStateException(this + " has no real value");
        };
    }

    /** The value, fractions cut off. */
    public long longAt(ByteBuffer buffer, int index) {
        int at = index * bytes;
        return switch (this) {
            case INT8 -> buffer.get(at);
            case INT16 -> buffer.getShort(at);
            case INT32 -> buffer.getInt(at);
            case INT64 -> buffer.getLong(at);
            case UINT8 -> Byte.toUnsignedLong(buffer.get(at));
            case UINT16 -> Short.toUnsignedLong(buffer.getShort(at));
            case UINT32 -> Integer.toUnsignedLong(buffer.getInt(at));
            case BOOL -> buffer.get(at) == 0 ? 0 : 1;
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, COMPLEX64, COMPLEX128 -> (long) doubleAt(buffer, index);
        };
    }
}
