package org.elasticvision.convert.zoo.layer;

import java.util.List;

/**
 * A tensor of a state dict: its key and what must be in it.
 *
 * @param name the key, without the {@code module.} that DataParallel adds
 * @param shape empty for a scalar
 * @param role what the tensor is to its layer
 * @param init what training starts from
 */
public record TensorSpec(String name, List<Long> shape, Role role, Init init) {
    /** What a tensor is to its layer. */
    public enum Role {
        /** What values are multiplied with. */
        WEIGHT,
        /** What is added at the end of a layer. */
        BIAS,
        /** A parameter that training leaves as it was initialised. */
        FIXED_WEIGHT,
        /** The mean of a BatchNorm layer. */
        RUNNING_MEAN,
        /** The variance of a BatchNorm layer. */
        RUNNING_VAR,
        /** A step counter (int64 scalar) that evaluation does not need; older files lack it. */
        NUM_BATCHES_TRACKED;

        /**
         * PyTorch tells parameters from buffers, such as statistics.
         *
         * @return whether it is a parameter
         */
        public boolean isParameter() {
            return isTrained() || this == FIXED_WEIGHT;
        }

        /** {@return whether training changes it} */
        public boolean isTrained() {
            return this == WEIGHT || this == BIAS;
        }
    }

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /** One that is zero before training. */
    public TensorSpec(String name, List<Long> shape, Role role) {
        this(name, shape, role, new Init.Constant(0));
    }

    /** {@return the number of elements} */
    public long elementCount() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
