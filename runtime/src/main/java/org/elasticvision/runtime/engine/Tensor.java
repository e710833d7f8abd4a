package org.elasticvision.runtime.engine;

/** Float32 numbers and their shape, in C order: the last dimension varies fastest. */
public final class Tensor {
    private final TensorShape shape;
    private final float[] values;

    /**
     * @param shape the lengths of the dimensions
     * @param values kept, not copied
     * @throws IllegalArgumentException if the number of values is not that of the shape
     */
    public Tensor(TensorShape shape, float[] values) {
        if (shape.batch() == TensorShape.ANY || values.length != shape.batch() * shape.itemElements()) {
            throw new IllegalArgumentException("shape " + shape + " does not fit " + values.length + " values");
        }
        this.shape = shape;
        this.values = values;
    }

    /** {@return the lengths of the dimensions} */
    public TensorShape shape() {
        return shape;
    }

    /** {@return the numbers themselves, not a copy} */
    public float[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "Tensor " + shape;
    }
}
