package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Makes ONNX files of any operators, node by node. Types are ONNX's numbers. */
public final class TestProto {
    public static final int FLOAT = 1;
    public static final int UINT8 = 2;
    public static final int INT8 = 3;
    public static final int INT32 = 6;
    public static final int INT64 = 7;
    public static final int BOOL = 9;
    public static final int FLOAT16 = 10;
    public static final int DOUBLE = 11;

    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(10);
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

    public TestProto(int opset) {
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    }

    public TestProto input(String name, int type, String... dimensions) {
        graph.addInput(port(name, type, dimensions));
        return this;
    }

    public TestProto output(String name, int type, String... dimensions) {
        graph.addOutput(port(name, type, dimensions));
        return this;
    }

    /** An initializer of integers or bytes, in the field that ONNX has for it. */
    public TestProto integers(String name, int type, List<Long> shape, long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).addAllDims(shape);
        if (type == INT64) {
            LongStream.of(values).forEach(tensor::addInt64Data);
        } else {
            LongStream.of(values).forEach(value -> tensor.addInt32Data(Math.toIntExact(value)));
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** An initializer of zeros. */
    public TestProto zeros(String name, int type, Long... shape) {
        long count = Stream.of(shape).reduce(1L, Math::multiplyExact);
        int size =
                switch (type) {
                    case FLOAT, INT32 -> Integer.BYTES;
                    case FLOAT16 -> Short.BYTES;
                    case INT64, DOUBLE -> Long.BYTES;
                    default -> Byte.BYTES;
                };
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(type)
                .addAllDims(List.of(shape))
                .setRawData(ByteString.copyFrom(new byte[Math.toIntExact(count * size)])));
        return this;
    }

    /** A node; inputs and outputs are names between spaces, {@code -} for one left out. */
    public TestProto node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    public TestProto node(String domain, String operator, String inputs, String outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName("the-" + operator)
                .addAllAttribute(List.of(attributes));
        names(inputs).forEach(node::addInput);
        names(outputs).forEach(node::addOutput);
        graph.addNode(node);
        return this;
    }

    /** A function of the model's own. */
    public TestProto function(String domain, String name) {
        model.addFunctions(FunctionProto.newBuilder().setDomain(domain).setName(name));
        return this;
    }

    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    public static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    public static AttributeProto strings(String name, String... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
        Stream.of(values).forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    /** A branch or loop body. */
    public static AttributeProto attribute(String name, TestProto body) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(body.graph)
                .build();
    }

    public ModelProto build() {
        return model.setGraph(graph).build();
    }

    public Path write(Path file) {
        try {
            return Files.write(file, build().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(String text) {
        return Stream.of(text.split(" ", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> name.equals("-") ? "" : name)
                .toList();
    }

    private static ValueInfoProto port(String name, int type, String... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
            boolean number = Character.isDigit(dimension.charAt(0));
            shape.addDim(number ? proto.setDimValue(Long.parseLong(dimension)) : proto.setDimParam(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }
}
