package org.elasticvision.convert.onnx.graph;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A constant of a graph. */
public sealed interface Initializer {
    /** {@return its name} */
    String name();

    /**
     * Empty for a scalar.
     *
     * @return the lengths of the dimensions
     */
    List<Long> shape();

    /** {@return what files hold for each element} */
    ElementType type();

    /** {@return how many bytes a file holds for each element} */
    int elementBytes();

    /** {@return the elements as numbers, in a new array} */
    double[] numbers();

    /** {@return the number of elements} */
    default long elementCount() {
        return shape().stream().reduce(1L, Math::multiplyExact);
    }

    /** {@return how many bytes a file holds for all elements} */
    default long byteCount() {
        return Math.multiplyExact(elementCount(), (long) elementBytes());
    }

    /**
     * Real numbers, computed when asked for: a graph holds no weights, it knows where to get them.
     *
     * @param half whether files hold them as float16; else as float32
     */
    record Floats(String name, List<Long> shape, Values values, boolean half) implements Initializer {
        public Floats {
            shape = List.copyOf(shape);
        }

        /**
         * In float32.
         *
         * @param name its name
         * @param shape the lengths of the dimensions
         * @param values read when the file is written
         */
        public Floats(String name, List<Long> shape, Values values) {
            this(name, shape, values, false);
        }

        /** {@return the same, rounded to float16 when written} */
        public Floats inHalf() {
            return new Floats(name, shape, values, true);
        }

        /** {@return the values in row-major order; the caller may change the array} */
        public float[] read() {
            float[] read = values.read();
            if (read.length != elementCount()) {
                throw new IllegalStateException(name + ": " + read.length + " values for shape " + shape);
            }
            return read;
        }

        @Override
        public int elementBytes() {
            return half ? Short.BYTES : Float.BYTES;
        }

        @Override
        public ElementType type() {
            return half ? ElementType.FP16 : ElementType.FP32;
        }

        @Override
        public double[] numbers() {
            float[] read = read();
            return IntStream.range(0, read.length).mapToDouble(i -> read[i]).toArray();
        }
    }

    /**
     * Quantized weights and zero points.
     *
     * @param signed int8, else uint8
     * @param values makes a new array with each call
     */
    record Bytes(String name, List<Long> shape, boolean signed, Supplier<byte[]> values) implements Initializer {
        public Bytes {
            shape = List.copyOf(shape);
        }

        /**
         * A scalar.
         *
         * @param name its name
         * @param signed whether it is an int8, else a uint8
         * @param value the value
         * @return the initializer
         */
        public static Bytes scalar(String name, boolean signed, int value) {
            return new Bytes(name, List.of(), signed, () -> new byte[] {(byte) value});
        }

        @Override
        public int elementBytes() {
            return Byte.BYTES;
        }

        @Override
        public ElementType type() {
            return signed ? ElementType.INT8 : ElementType.UINT8;
        }

        @Override
        public double[] numbers() {
            byte[] codes = values.get();
            return IntStream.range(0, codes.length)
                    .mapToDouble(i -> signed ? codes[i] : Byte.toUnsignedInt(codes[i]))
                    .toArray();
        }
    }

    /**
     * Quantized biases.
     *
     * @param values makes a new array with each call
     * @param narrow whether files hold them as int16, which they must fit; else as int32
     */
    record Ints(String name, List<Long> shape, Supplier<int[]> values, boolean narrow) implements Initializer {
        public Ints {
            shape = List.copyOf(shape);
        }

        @Override
        public int elementBytes() {
            return narrow ? Short.BYTES : Integer.BYTES;
        }

        @Override
        public ElementType type() {
            return narrow ? ElementType.INT16 : ElementType.INT32;
        }

        @Override
        public double[] numbers() {
            return Arrays.stream(values.get()).asDoubleStream().toArray();
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

        @Override
        public int elementBytes() {
            return Long.BYTES;
        }

        @Override
        public ElementType type() {
            return ElementType.INT64;
        }

        @Override
        public double[] numbers() {
            return values.stream().mapToDouble(Long::doubleValue).toArray();
        }
    }

    /** Where float values come from. Each call gives a new array. */
    @FunctionalInterface
    interface Values {
        /** {@return the values in row-major order} */
        float[] read();
    }
}
