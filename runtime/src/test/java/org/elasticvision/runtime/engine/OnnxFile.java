package org.elasticvision.runtime.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a small ONNX file for a test, node by node. */
public final class OnnxFile {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    private final ByteArrayOutputStream external = new ByteArrayOutputStream();
    private String externalFile = "";
    private long opset = 17;

    public OnnxFile input(String name, int... shape) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, shape));
        return this;
    }

    public OnnxFile output(String name, int... shape) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
        return this;
    }

    public OnnxFile input(String name, TensorProto.DataType type, int... shape) {
        graph.addInput(value(name, type, shape));
        return this;
    }

    public OnnxFile output(String name, TensorProto.DataType type, int... shape) {
        graph.addOutput(value(name, type, shape));
        return this;
    }

    public OnnxFile weights(String name, float[] values, int... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (int dimension : shape) {
            tensor.addDims(dimension);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    /** Weights that lie in another file, which is written with the model: one after the other, as large models have them. */
    public OnnxFile weightsIn(String location, String name, float[] values, int... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", Integer.toString(external.size())))
                .addExternalData(entry("length", Integer.toString(values.length * Float.BYTES)));
        for (int dimension : shape) {
            tensor.addDims(dimension);
        }
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        external.writeBytes(bytes.array());
        externalFile = location;
        graph.addInitializer(tensor);
        return this;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Adds a node; an attribute is a whole number. */
    public OnnxFile node(String operator, List<String> inputs, String output, Map<String, Integer> attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output);
        attributes.forEach((name, value) -> node.addAttribute(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)));
        graph.addNode(node);
        return this;
    }

    /** Adds a node as {@link OnnxParts} makes it. */
    public OnnxFile node(NodeProto node) {
        graph.addNode(node);
        return this;
    }

    /** Adds nodes one after the other. */
    public OnnxFile nodes(NodeProto... nodes) {
        graph.addAllNode(List.of(nodes));
        return this;
    }

    /** Adds a tensor as {@link OnnxParts} makes it. */
    public OnnxFile tensor(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    public OnnxFile opset(long version) {
        opset = version;
        return this;
    }

    public OnnxFile irVersion(long version) {
        model.setIrVersion(version);
        return this;
    }

    public OnnxFile metadata(Map<String, String> entries) {
        entries.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return this;
    }

    public Path write(Path file) {
        byte[] bytes = model.setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .build()
                .toByteArray();
        try {
            if (external.size() > 0) {
                Path weights = file.resolveSibling(externalFile);
                Files.createDirectories(weights.getParent());
                Files.write(weights, external.toByteArray());
            }
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int dimension : shape) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(dimension == TensorShape.ANY ? one.setDimParam("N") : one.setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
