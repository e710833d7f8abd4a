package org.elasticvision.convert.checkpoint.tensor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;
import org.elasticvision.convert.checkpoint.CheckpointWriter;
import org.elasticvision.runtime.base.IOConsumer;

/**
 * A tensor that a {@link CheckpointWriter} is to write: its type and shape, and where its values come from. The values are
 * asked for once per file written, one tensor after the other, so that no more than one of them needs to be in memory.
 */
public final class SavedTensor {
    private static final int CHUNK_BYTES = 1 << 18;

    /** A tensor's values while they are written. */
    record Values(int count, ChunkWriter writer) {}

    interface ChunkWriter {
        /** Puts the values {@code first} to {@code first + count - 1} at the chunk's position. */
        void put(ByteBuffer chunk, int first, int count);
    }

    private final DType dtype;
    private final List<Long> shape;
    private final long elementCount;
    private final Supplier<Values> values;

    private SavedTensor(DType dtype, List<Long> shape, Supplier<Values> values) {
        this.dtype = dtype;
        this.shape = List.copyOf(shape);
        if (shape.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("shape " + shape + " has a negative size");
        }
        this.elementCount = shape.stream().reduce(1L, Math::multiplyExact);
        this.values = values;
    }

    /**
     * A tensor of float32.
     *
     * @param shape empty for a scalar
     * @param values row-major, as many as the shape says
     * @return the tensor
     */
    public static SavedTensor floats(List<Long> shape, Supplier<float[]> values) {
        return new SavedTensor(DType.FLOAT32, shape, () -> {
            float[] array = values.get();
            return new Values(
                    array.length, (chunk, first, count) -> chunk.asFloatBuffer().put(array, first, count));
        });
    }

    /**
     * {@return the same of float64}
     *
     * @param shape the lengths of the dimensions
     * @param values called when the tensor is written
     */
    public static SavedTensor doubles(List<Long> shape, Supplier<double[]> values) {
        return new SavedTensor(DType.FLOAT64, shape, () -> {
            double[] array = values.get();
            return new Values(array.length, (chunk, first, count) -> chunk.asDoubleBuffer()
                    .put(array, first, count));
        });
    }

    /**
     * {@return the same of int64}
     *
     * @param shape the lengths of the dimensions
     * @param values called when the tensor is written
     */
    public static SavedTensor longs(List<Long> shape, Supplier<long[]> values) {
        return new SavedTensor(DType.INT64, shape, () -> {
            long[] array = values.get();
            return new Values(
                    array.length, (chunk, first, count) -> chunk.asLongBuffer().put(array, first, count));
        });
    }

    /**
     * {@return the same of uint8, as PyTorch keeps the state of its random generators}
     *
     * @param shape the lengths of the dimensions
     * @param values called when the tensor is written
     */
    public static SavedTensor bytes(List<Long> shape, Supplier<byte[]> values) {
        return new SavedTensor(DType.UINT8, shape, () -> {
            byte[] array = values.get();
            return new Values(array.length, (chunk, first, count) -> chunk.put(array, first, count));
        });
    }

    /** {@return a tensor with the values that this one has now} */
    public SavedTensor copy() {
        Values now = values.get();
        return new SavedTensor(dtype, shape, () -> now);
    }

    /** {@return the type of the elements} */
    public DType dtype() {
        return dtype;
    }

    /** {@return sizes of the dimensions; empty for a scalar} */
    public List<Long> shape() {
        return shape;
    }

    /** {@return product of the shape} */
    public long elementCount() {
        return elementCount;
    }

    /** For example {@code float32 [64, 3, 7, 7]}. */
    @Override
    public String toString() {
        return dtype + " " + shape;
    }

    /** How many bytes its values take. */
    public long byteCount() {
        return elementCount * dtype.bytes();
    }

    /**
     * Asks for the values.
     *
     * @param path to the tensor, for the message
     * @return writes them, little-endian and row-major, as often as it is asked
     * @throws IllegalStateException if there are more or fewer than the shape says
     */
    public IOConsumer<OutputStream> load(String path) {
        Values loaded = values.get();
        if (loaded.count() != elementCount) {
            throw new IllegalStateException("tensor " + path + " has " + loaded.count() + " values, but its shape "
                    + shape + " says " + elementCount);
        }
        return out -> write(out, loaded, CHUNK_BYTES / dtype.bytes(), dtype.bytes());
    }

    private static void write(OutputStream out, Values values, int chunkElements, int elementBytes) throws IOException {
        byte[] bytes = new byte[Math.min(chunkElements, values.count()) * elementBytes];
        for (int first = 0; first < values.count(); ) {
            int count = Math.min(chunkElements, values.count() - first);
            values.writer().put(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), first, count);
            out.write(bytes, 0, count * elementBytes);
            first += count;
        }
    }
}
