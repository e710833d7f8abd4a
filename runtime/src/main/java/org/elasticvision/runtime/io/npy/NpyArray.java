package org.elasticvision.runtime.io.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * An array as it stood in a NumPy file: elements in C order (the last dimension varies fastest). Immutable; every
 * conversion makes a new array.
 */
public final class NpyArray {
    private final String name;
    private final List<Integer> shape;
    private final NpyType type;
    private final int size;
    private final ByteBuffer data;

    NpyArray(String name, List<Integer> shape, NpyType type, byte[] data) {
        this.name = name;
        this.shape = List.copyOf(shape);
        this.type = type;
        this.size = data.length / type.bytes();
        this.data = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return lengths of the dimensions; empty for a scalar} */
    public List<Integer> shape() {
        return shape;
    }

    /** {@return NumPy's name of the element type: float16, float32, float64, int32, int64, uint8 or bool} */
    public String dtype() {
        return type.numpyName();
    }

    /** {@return number of elements: the product of the shape, 1 for a scalar} */
    public int size() {
        return size;
    }

    /** {@return the elements as floats, rounded where the type is wider; bool as 0 and 1} */
    public float[] toFloats() {
        float[] values = new float[size];
        if (type == NpyType.FLOAT32) {
            data.asReadOnlyBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        }
        for (int i = 0; i < size; i++) {
            values[i] = type.isFloatingPoint() ? (float) type.readDouble(data, i) : (float) type.readLong(data, i);
        }
        return values;
    }

    /** {@return the elements as doubles, rounded where int64 does not fit; bool as 0 and 1} */
    public double[] toDoubles() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = type.readDouble(data, i);
        }
        return values;
    }

    /**
     * {@return the elements as whole numbers; bool as 0 and 1}
     *
     * @throws ElasticVisionException if the type is a floating-point one
     */
    public long[] toLongs() {
        if (type.isFloatingPoint()) {
            throw new ElasticVisionException(
                    name + ": holds " + dtype() + " where whole numbers are expected; save it as int64");
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = type.readLong(data, i);
        }
        return values;
    }

    /**
     * {@return the elements as unsigned bytes; bool as 0 and 1}
     *
     * @throws ElasticVisionException if the type is a floating-point one or a value is not in 0..255
     */
    public byte[] toBytes() {
        long[] longs = toLongs();
        byte[] values = new byte[size];
        for (int i = 0; i < size; i++) {
            if (longs[i] < 0 || longs[i] > 255) {
                throw new ElasticVisionException(
                        name + ": element " + i + " is " + longs[i] + " where values from 0 to 255 are expected");
            }
            values[i] = (byte) longs[i];
        }
        return values;
    }

    @Override
    public String toString() {
        return name + ": " + dtype() + shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
