package org.elasticvision.runtime.io.npy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.elasticvision.runtime.io.Float16;

/** The element types of {@code .npy} files that are read here; all little-endian. */
enum NpyType {
    FLOAT16("<f2", "float16", 2),
    FLOAT32("<f4", "float32", 4),
    FLOAT64("<f8", "float64", 8),
    INT32("<i4", "int32", 4),
    INT64("<i8", "int64", 8),
    UINT8("|u1", "uint8", 1),
    BOOL("|b1", "bool", 1);

    private final String descriptor;
    private final String numpyName;
    private final int bytes;

    NpyType(String descriptor, String numpyName, int bytes) {
        this.descriptor = descriptor;
        this.numpyName = numpyName;
        this.bytes = bytes;
    }

    static Optional<NpyType> of(String descriptor) {
        return Arrays.stream(values())
                .filter(type -> type.descriptor.equals(descriptor))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(NpyType::numpyName).collect(Collectors.joining(", "));
    }

    String descriptor() {
        return descriptor;
    }

    String numpyName() {
        return numpyName;
    }

    int bytes() {
        return bytes;
    }

    boolean isFloatingPoint() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    double readDouble(ByteBuffer data, int index) {
        return switch (this) {
            case FLOAT16 -> Float16.toFloat(data.getShort(index * bytes));
            case FLOAT32 -> data.getFloat(index * bytes);
            case FLOAT64 -> data.getDouble(index * bytes);
            case INT32, INT64, UINT8, BOOL -> readLong(data, index);
        };
    }

    long readLong(ByteBuffer data, int index) {
        return switch (this) {
            case INT32 -> data.getInt(index * bytes);
            case INT64 -> data.getLong(index * bytes);
            case UINT8 -> Byte.toUnsignedLong(data.get(index));
            case BOOL -> data.get(index) == 0 ? 0 : 1;
            case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(numpyName + " is not a whole number");
        };
    }
}
