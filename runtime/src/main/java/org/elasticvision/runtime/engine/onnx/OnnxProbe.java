package org.elasticvision.runtime.engine.onnx;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onnx.failure.OnnxFailures;

/** A {@link Probe} in ONNX Runtime. */
final class OnnxProbe implements Probe {
    private final Path file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> outputs;
    private final String input;

    private OnnxProbe(Path file, OrtEnvironment environment, OrtSession session) {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.outputs = List.copyOf(session.getOutputNames());
        Set<String> inputs = session.getInputNames();
        if (inputs.size() != 1) {
            throw new ModelException(file + " has " + inputs.size() + " inputs " + inputs
                    + ", an image network has one; convert the checkpoint with 'elastic convert'");
        }
        this.input = inputs.iterator().next();
    }

    static OnnxProbe open(Path file, EngineOptions options) {
        OrtEnvironment environment = OnnxSessions.environment();
        try {
            return over(file, environment, OnnxSessions.openFile(environment, file, options, settings -> {}));
        } catch (OrtException e) {
            throw OnnxFailures.opening(file, options.provider(), e);
        }
    }

    /** A probe that owns a session: closed with it, and at once where none can be made. */
    static OnnxProbe over(Path file, OrtEnvironment environment, OrtSession session) {
        try {
            return new OnnxProbe(file, environment, session);
        } catch (RuntimeException e) {
            try {
                session.close();
            } catch (OrtException notClosed) {
                e.addSuppressed(notClosed);
            }
            throw e;
        }
    }

    @Override
    public List<String> outputs() {
        return outputs;
    }

    @Override
    public List<Port> ports() {
        try {
            return session.getOutputInfo().values().stream()
                    .filter(node -> node.getInfo() instanceof TensorInfo)
                    .map(node -> port(node.getName(), (TensorInfo) node.getInfo()))
                    .toList();
        } catch (OrtException e) {
            throw OnnxFailures.running(file, e);
        }
    }

    private static Port port(String name, TensorInfo info) {
        long[] lengths = info.getShape();
        String[] names = info.getDimensionNames();
        List<String> dimensions = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            dimensions.add(lengths[i] >= 0 ? Long.toString(lengths[i]) : names[i]);
        }
        return new Port(name, number(info.onnxType), dimensions);
    }

    /** ONNX's number of a type; that of the Java binding is its place in a list. */
    private static int number(TensorInfo.OnnxTensorType type) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> 1;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> 2;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> 3;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> 4;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> 5;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> 6;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> 7;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> 8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> 9;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> 10;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> 11;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> 12;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> 13;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX64 -> 14;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_COMPLEX128 -> 15;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> 16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FN -> 17;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E4M3FNUZ -> 18;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2 -> 19;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT8E5M2FNUZ -> 20;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED -> 0;
        };
    }

    @Override
    public void run(FloatBuffer values, TensorShape shape, Visitor visitor) {
        long[] sizes = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, sizes);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            int index = 0;
            for (Map.Entry<String, OnnxValue> entry : result) {
                OnnxTensor value = (OnnxTensor) entry.getValue();
                visitor.value(index, shape(value), floats(value));
                index++;
            }
        } catch (OrtException e) {
            throw OnnxFailures.running(file, e);
        }
    }

    private static int[] shape(OnnxTensor tensor) {
        return Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static float[] floats(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        if (info.type == OnnxJavaType.FLOAT || info.type == OnnxJavaType.FLOAT16) {
            FloatBuffer copy = tensor.getFloatBuffer();
            if (copy.hasArray()) { // not of float16
                return copy.array();
            }
            float[] values = new float[copy.remaining()];
            copy.get(values);
            return values;
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
