package org.elasticvision.runtime.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.io.Float16;

/** A tensor that stands in a file: its name, type and shape, and where its elements are. They are read when asked for. Immutable. */
public final class OnnxTensor {
    private final String name;
    private final OnnxType type;
    private final long[] shape;
    private final Source source;

    OnnxTensor(String name, OnnxType type, long[] shape, Source source) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.source = source;
    }

    /** Where elements are. */
    sealed interface Source permits InFile, InMemory {}

    /**
     * In a file, in little-endian order.
     *
     * @param file the model itself, or one beside it
     * @param offset bytes before the first
     */
    record InFile(Path file, long offset) implements Source {}

    /**
     * In memory: few, written one by one.
     *
     * @param elements in little-endian order, whole
     */
    record InMemory(ByteBuffer elements) implements Source {}

    /** {@return its name; may be empty} */
    public String name() {
        return name;
    }

    /** {@return the type of its elements} */
    public OnnxType type() {
        return type;
    }

    /** {@return the lengths of its dimensions, a copy; empty for a single number} */
    public long[] shape() {
        return shape.clone();
    }

    /** {@return how many elements it has} */
    public int elements() {
        return (int) elements(shape);
    }

    /** The product, which was checked to be less than 2^31 when it was read. */
    static long elements(long... shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** {@return its elements as numbers, a new array} */
    public float[] floats() {
        ByteBuffer bytes = bytes();
        float[] values = new float[elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> bytes.getFloat();
                case UINT8 -> Byte.toUnsignedInt(bytes.get());
                case INT8 -> bytes.get();
                case INT16 -> bytes.getShort();
                case INT32 -> bytes.getInt();
                case INT64 -> bytes.getLong();
                case FLOAT16 -> Float16.toFloat(bytes.getShort());
            };
        }
        return values;
    }

    /** {@return its elements as whole numbers, a new array; for tensors of them} */
    public long[] numbers() {
        if (type == OnnxType.FLOAT || type == OnnxType.FLOAT16) {
            throw new ModelException(
                    "the tensor '" + name + "' has numbers of type " + type + " where whole ones belong");
        }
        ByteBuffer bytes = bytes();
        long[] values = new long[elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case UINT8 -> Byte.toUnsignedInt(bytes.get());
                case INT8 -> bytes.get();
                case INT16 -> bytes.getShort();
                case INT32 -> bytes.getInt();
                default -> bytes.getLong();
            };
        }
        return values;
    }

    /** {@return its elements as they are written, little-endian, from position 0; a new buffer} */
    public ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(elements(), type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (source instanceof InMemory memory) {
            return bytes.put(memory.elements.duplicate()).flip();
        }
        InFile from = (InFile) source;
        try (RandomAccessFile content = new RandomAccessFile(from.file.toFile(), "r")) {
            content.seek(from.offset);
            content.readFully(bytes.array());
            return bytes;
        } catch (EOFException e) {
            throw unreadable(from, "the file ends early", e);
        } catch (IOException e) {
            throw unreadable(from, e.getMessage(), e);
        }
    }

    private ModelException unreadable(InFile from, String why, IOException cause) {
        return new ModelException(
                from.file + ": the weights '" + name + "' cannot be read (" + why
                        + "); it was changed while it was open, or is damaged: convert or copy it again",
                cause);
    }

    @Override
    public String toString() {
        return "tensor '" + name + "' of " + type + " " + Arrays.toString(shape);
    }
}
