package org.elasticvision.runtime.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.ModelException;

/**
 * An ONNX model with many outputs, to look at what a network computes on the way. It takes more memory than an {@link Engine},
 * which is for answers. For one thread at a time. It owns native memory: close it.
 */
public final class Probe implements AutoCloseable {
    private final Path file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> outputs;
    private final String input;

    private Probe(Path file, OrtEnvironment environment, OrtSession session) {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.outputs = List.copyOf(session.getOutputNames());
        this.input = session.getInputNames().iterator().next();
    }

    /**
     * Opens a model with one float32 input.
     *
     * @throws ModelException where it is missing, damaged or cannot be run
     */
    public static Probe open(Path file, EngineOptions options) {
        OnnxFailures.checkFile(file);
        OrtEnvironment environment = OnnxSessions.environment();
        try {
            return new Probe(file, environment, OnnxSessions.open(environment, file, options));
        } catch (OrtException e) {
            throw OnnxFailures.opening(file, e);
        }
    }

    /** Receives the outputs of a run, one after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Receives one output.
         *
         * @param index of it in {@link #outputs()}
         * @param values all of it in row-major order, a new array; an 8-bit output's codes
         */
        void value(int index, float[] values);
    }

    /** The names of the outputs, in the order of the file. */
    public List<String> outputs() {
        return outputs;
    }

    /**
     * Runs the network.
     *
     * @param values direct, native order, as many as the shape has
     * @throws ModelException where the network fails
     */
    public void run(FloatBuffer values, TensorShape shape, Visitor visitor) {
        long[] sizes = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, sizes);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            int index = 0;
            for (Map.Entry<String, OnnxValue> entry : result) {
                visitor.value(index, floats((OnnxTensor) entry.getValue()));
                index++;
            }
        } catch (OrtException e) {
            throw OnnxFailures.running(file, e);
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        if (info.type == OnnxJavaType.FLOAT || info.type == OnnxJavaType.FLOAT16) {
            return tensor.getFloatBuffer().array(); // a copy already
        }
        ByteBuffer codes = tensor.getByteBuffer();
        float[] values = new float[codes.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = info.type == OnnxJavaType.UINT8 ? Byte.toUnsignedInt(codes.get(i)) : codes.get(i);
        }
        return values;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ModelException(file + " could not be closed: " + OnnxFailures.oneLine(e), e);
        }
    }
}
