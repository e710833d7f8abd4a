package org.elasticvision.convert.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntFunction;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.file.StorageBytes;
import org.elasticvision.convert.checkpoint.pickle.value.TensorView;
import org.elasticvision.convert.checkpoint.tensor.DType;

/**
 * A tensor of a checkpoint, read from the file when its values are asked for and not kept.
 *
 * <p>Thread-safe. Usable until the {@link Checkpoint} is closed.
 */
public final class CheckpointTensor {
    private static final int CHUNK_BYTES = 1 << 18;

    private final CheckpointFile file;
    private final String name;
    private final TensorView view;
    private final StorageBytes storage;
    private final ByteOrder byteOrder;

    /** @param storage that the view is of */
    CheckpointTensor(CheckpointFile file, String name, TensorView view, StorageBytes storage, ByteOrder byteOrder) {
        this.file = file;
        this.name = name;
        this.view = view;
        this.storage = storage;
        this.byteOrder = byteOrder;
    }

    /** {@return in a state dict its name there, elsewhere the path such as {@code optimizer.state.0.step}} */
    public String name() {
        return name;
    }

    /** {@return the type of the elements} */
    public DType dtype() {
        return view.type();
    }

    /** {@return sizes of the dimensions; empty for a scalar} */
    public List<Long> shape() {
        return view.shape();
    }

    /** {@return product of the shape: 1 for a scalar, 0 where a dimension is 0} */
    public long elementCount() {
        return view.elementCount();
    }

    /**
     * {@return all elements in row-major order, rounded to float32; booleans are 0 and 1}
     *
     * @throws CheckpointException if the elements are complex or too many for an array, or the file cannot be read
     * @throws IllegalStateException if the checkpoint is closed
     */
    public float[] toFloats() {
        float[] values = new float[arrayLength()];
        if (dtype() == DType.FLOAT32) {
            forEachChunk((chunk, first, count) -> chunk.asFloatBuffer().get(values, first, count));
        } else {
            forEachChunk((chunk, first, count) -> {
                for (int i = 0; i < count; i++) {
                    values[first + i] = dtype().floatAt(chunk, i);
                }
            });
        }
        if (view.negative()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = -values[i];
            }
        }
        return inOrder(values, float[]::new);
    }

    /**
     * {@return all elements in row-major order as float64; booleans are 0 and 1}
     *
     * @throws CheckpointException if the elements are complex or too many for an array, or the file cannot be read
     * @throws IllegalStateException if the checkpoint is closed
     */
    public double[] toDoubles() {
        double[] values = new double[arrayLength()];
        double sign = view.negative() ? -1 : 1;
        forEachChunk((chunk, first, count) -> {
            for (int i = 0; i < count; i++) {
                values[first + i] = sign * dtype().doubleAt(chunk, i);
            }
        });
        return inOrder(values, double[]::new);
    }

    /**
     * {@return all elements in row-major order as int64, fractions cut off; booleans are 0 and 1}
     *
     * @throws CheckpointException if the elements are complex or too many for an array, or the file cannot be read
     * @throws IllegalStateException if the checkpoint is closed
     */
    public long[] toLongs() {
        long[] values = new long[arrayLength()];
        forEachChunk((chunk, first, count) -> {
            for (int i = 0; i < count; i++) {
                values[first + i] = view.negative() ? (long) -dtype().doubleAt(chunk, i) : dtype().longAt(chunk, i);
            }
        });
        return inOrder(values, long[]::new);
    }

    /**
     * {@return a part of it, which is read from the file like the whole}
     *
     * @param dimension along which it is cut
     * @param start index of the first slice
     * @param length how many slices
     * @throws IndexOutOfBoundsException if it does not have them
     */
    public CheckpointTensor narrow(int dimension, long start, long length) {
        return new CheckpointTensor(file, name, view.narrow(dimension, start, length), storage, byteOrder);
    }

    /** For example {@code conv1.weight float32 [64, 3, 7, 7]}. */
    @Override
    public String toString() {
        return name + " " + dtype() + " " + shape();
    }

    CheckpointTensor withName(String newName) {
        return new CheckpointTensor(file, newName, view, storage, byteOrder);
    }

    /**
     * The tensor's elements out of all that its view spans.
     *
     * @param values an array of a primitive type
     */
    private <A> A inOrder(A values, IntFunction<A> newArray) {
        if (view.isContiguous()) {
            return values;
        }
        int[] order = view.order();
        A ordered = newArray.apply(order.length);
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i], ordered, i, 1);
        }
        return ordered;
    }

    private interface ChunkReader {
        /** Element {@code i} of the chunk is the tensor's element {@code first + i}, gaps counted. */
        void read(ByteBuffer chunk, int first, int count);
    }

    private void forEachChunk(ChunkReader reader) {
        int bytes = dtype().bytes();
        int left = (int) view.span();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, view.span() * bytes))
                .order(byteOrder);
        try (StorageBytes.Reader stored = storage.open(view.firstByte())) {
            for (int first = 0; left > 0; ) {
                int count = Math.min(left, CHUNK_BYTES / bytes);
                chunk.clear().limit(count * bytes);
                stored.read(chunk);
                reader.read(chunk, first, count);
                first += count;
                left -= count;
            }
        }
    }

    /** Elements to read, gaps included. */
    private int arrayLength() {
        if (dtype().isComplex()) {
            throw file.problem("tensor " + name + " is " + dtype() + ", which has no real values to read");
        }
        if (view.span() > Integer.MAX_VALUE - 8) {
            throw file.problem("tensor " + name + " has " + view.elementCount() + " elements over " + view.span()
                    + ", too many for an array");
        }
        return (int) view.span();
    }
}
