package org.elasticvision.convert.onnx.graph;

import java.util.List;

/** A constant of a graph. */
public sealed interface Initializer {
    String name();

    /** Empty for a scalar. */
    List<Long> shape();

    /** The number of elements. */
    default long elementCount() {
        return shape().stream().reduce(1L, Math::multiplyExact);
    }

    /** Weights in float32, computed when asked for: a graph holds no weights, it knows where to get them. */
    record Floats(String name, List<Long> shape, Values values) implements Initializer {
        public Floats {
            shape = List.copyOf(shape);
        }

        /** The values in row-major order; the caller may change the array. */
        public float[] read() {
            float[] read = values.read();
            if (read.length != elementCount()) {
                throw new IllegalStateException(name + ": " + read.length + " values for shape " + shape);
            }
            return read;
        }
    }

    /** Sizes, pads and the like, a vector of int64. */
    record Longs(String name, List<Long> values) implements Initializer {
        public Longs {
            values = List.copyOf(values);
        }

        @Override
        public List<Long> shape() {
            return List.of((long) values.size());
        }
    }

    /** Where float values come from. Each call gives a new array. */
    @FunctionalInterface
    interface Values {
        float[] read();
    }
}
