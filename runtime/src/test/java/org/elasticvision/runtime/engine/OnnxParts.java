package org.elasticvision.runtime.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Nodes, attributes and tensors for an {@link OnnxFile}. */
public final class OnnxParts {
    private OnnxParts() {}

    /**
     * A node, named after its output.
     *
     * @param inputs names with spaces between them; {@code -} for one that is left out
     */
    public static NodeProto node(String operator, String inputs, String output, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addOutput(output)
                .addAllAttribute(List.of(attributes));
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
            node.addInput(input.equals("-") ? "" : input);
        }
        return node.build();
    }

    public static AttributeProto number(String name, long value) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    public static AttributeProto real(String name, float value) {
        return attribute(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    public static AttributeProto text(String name, String value) {
        return attribute(name, AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto numbers(String name, long... values) {
        AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    public static AttributeProto tensor(String name, TensorProto value) {
        return attribute(name, AttributeProto.AttributeType.TENSOR).setT(value).build();
    }

    private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /** A float32 tensor in {@code raw_data}. */
    public static TensorProto floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return raw(name, TensorProto.DataType.FLOAT, bytes.array(), shape);
    }

    /** One float32 number. */
    public static TensorProto scalar(String name, float value) {
        return floats(name, new float[] {value});
    }

    /** A row of int64 numbers. */
    public static TensorProto longs(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return raw(name, TensorProto.DataType.INT64, bytes.array(), values.length);
    }

    /** A tensor of one byte each, or a single number where there is no shape. */
    public static TensorProto codes(String name, boolean signed, byte[] values, long... shape) {
        return raw(name, signed ? TensorProto.DataType.INT8 : TensorProto.DataType.UINT8, values, shape);
    }

    /** A single 8-bit number. */
    public static TensorProto code(String name, boolean signed, int value) {
        return codes(name, signed, new byte[] {(byte) value});
    }

    /** A row of int32 numbers. */
    public static TensorProto ints(String name, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return raw(name, TensorProto.DataType.INT32, bytes.array(), values.length);
    }

    public static TensorProto raw(String name, TensorProto.DataType type, byte[] bytes, long... shape) {
        TensorProto.Builder tensor = shaped(name, type, shape);
        return tensor.setRawData(ByteString.copyFrom(bytes)).build();
    }

    /** A tensor without elements yet. */
    public static TensorProto.Builder shaped(String name, TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long length : shape) {
            tensor.addDims(length);
        }
        return tensor;
    }

    /** A float32 tensor of numbers of mean 0 and this deviation. */
    public static TensorProto random(String name, double deviation, long... shape) {
        float[] values = new float[count(shape)];
        Random random = new Random(name.hashCode());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return floats(name, values, shape);
    }

    /** Signed 8-bit weights, of 7 bits: so no sum of two products leaves 16 bits, which older processors cut off. */
    public static TensorProto randomCodes(String name, long... shape) {
        byte[] values = new byte[count(shape)];
        Random random = new Random(name.hashCode());
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (random.nextInt(127) - 63);
        }
        return codes(name, true, values, shape);
    }

    private static int count(long... shape) {
        long count = 1;
        for (long length : shape) {
            count *= length;
        }
        return Math.toIntExact(count);
    }
}
