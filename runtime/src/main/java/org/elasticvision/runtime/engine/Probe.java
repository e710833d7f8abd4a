package org.elasticvision.runtime.engine;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.base.ModelException;

/**
 * An ONNX model with many outputs, to observe what a network computes on the way. It takes more memory than an {@link
 * Engine},
 * which is for answers. For one thread at a time. It owns native memory: close it.
 */
public interface Probe extends AutoCloseable {
    /**
     * Opens a model with one float32 input.
     *
     * @param file the file
     * @param options how it is opened
     * @return the open model
     * @throws ModelException where it is missing, damaged or cannot be run
     */
    static Probe open(Path file, EngineOptions options) {
        return EngineSearch.checked(file, options).probe(file, options);
    }

    /** Receives the outputs of a run, one after the other. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Receives one output.
         *
         * @param index of it in {@link #outputs()}
         * @param values all of it in row-major order, a new array; an 8-bit output's codes
         */
        void value(int index, float[] values);

        /**
         * Receives one output with its shape; by default the shape is left out.
         *
         * @param index of it in {@link #outputs()}
         * @param shape the lengths of its dimensions, an array of the receiver's own; empty for a single number
         * @param values as for {@link #value(int, float[])}
         */
        default void value(int index, int[] shape, float[] values) {
            value(index, values);
        }
    }

    /**
     * What an output is, as far as it is known before a run.
     *
     * @param name of the output
     * @param type ONNX's number of its element type ({@code TensorProto.DataType}); 0 where it is not known
     * @param dimensions each a length, or the name of one that is chosen at run time; empty where it has no name
     */
    record Port(String name, int type, List<String> dimensions) {
        public Port {
            dimensions = List.copyOf(dimensions);
        }
    }

    /** {@return the names of the outputs, in the order of the file} */
    List<String> outputs();

    /** {@return the outputs that are tensors with the types and shapes that follow from the file, in its order} */
    List<Port> ports();

    /**
     * Runs the network.
     *
     * @param values direct, native order, as many as the shape has
     * @param shape of the input
     * @param visitor sees each output
     * @throws ModelException where the network fails
     */
    void run(FloatBuffer values, TensorShape shape, Visitor visitor);

    @Override
    void close();
}
