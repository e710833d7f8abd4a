package org.elasticvision.runtime.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a network's input or output; its first dimension is the batch.
 *
 * @param dimensions each at least 1; the first may be {@link #ANY}
 */
public record TensorShape(List<Integer> dimensions) {
    /** A batch of any size. */
    public static final int ANY = -1;

    public TensorShape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("a shape needs at least the batch dimension");
        }
        for (int i = 0; i < dimensions.size(); i++) {
            int dimension = dimensions.get(i);
            if (dimension < 1 && !(i == 0 && dimension == ANY)) {
                throw new IllegalArgumentException(
                        "dimension " + i + " of shape " + dimensions + " must be at least 1");
            }
        }
        long elements = 1;
        for (int dimension : dimensions) {
            elements *= Math.abs(dimension);
            if (elements > Integer.MAX_VALUE / Float.BYTES) {
                throw new IllegalArgumentException("shape " + dimensions + " is larger than 2 GB");
            }
        }
    }

    /**
     * {@return the shape with these dimensions}
     *
     * @param dimensions their lengths
     */
    public static TensorShape of(int... dimensions) {
        return new TensorShape(Arrays.stream(dimensions).boxed().toList());
    }

    /**
     * {@return one dimension's length}
     *
     * @param index counted from 0
     */
    public int dimension(int index) {
        return dimensions.get(index);
    }

    /** {@return the batch, or {@link #ANY}} */
    public int batch() {
        return dimensions.get(0);
    }

    /** {@return elements of one item of the batch} */
    public int itemElements() {
        return dimensions.stream().skip(1).reduce(1, Math::multiplyExact);
    }

    /**
     * {@return the same shape with another batch}
     *
     * @param batch another batch, or {@link #ANY}
     */
    public TensorShape withBatch(int batch) {
        int[] changed = toArray();
        changed[0] = batch;
        return of(changed);
    }

    /**
     * {@return this shape with the batch of a run}
     *
     * @param items in the run
     * @param model whose shape it is, for the message
     * @throws IllegalArgumentException where the batch is fixed and another, or less than 1
     */
    public TensorShape sized(int items, String model) {
        boolean fits = batch() == ANY ? items >= 1 : items == batch();
        if (!fits) {
            throw new IllegalArgumentException("a batch of " + items + " does not fit " + model + ", which takes "
                    + (batch() == ANY ? "1 or more" : "exactly " + batch()));
        }
        return withBatch(items);
    }

    /**
     * {@return elements of the whole batch}
     *
     * @throws IllegalArgumentException where one buffer does not hold so many
     */
    public int elements() {
        long elements = (long) batch() * itemElements();
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(this + " has more elements than one buffer holds; run a smaller batch");
        }
        return (int) elements;
    }

    /** {@return the dimensions as an array of the caller's own} */
    public int[] toArray() {
        return dimensions.stream().mapToInt(Integer::intValue).toArray();
    }

    /** As Java would make it for a record, which takes it ten milliseconds of a program's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TensorShape shape && shape.dimensions.equals(dimensions);
    }

    @Override
    public int hashCode() {
        return dimensions.hashCode();
    }

    /** Such as {@code [N, 3, 224, 224]}. */
    @Override
    public String toString() {
        return dimensions.stream()
                .map(dimension -> dimension == ANY ? "N" : dimension.toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
