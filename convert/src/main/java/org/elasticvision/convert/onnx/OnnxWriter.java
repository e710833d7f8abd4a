package org.elasticvision.convert.onnx;

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
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Half;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.io.AtomicFile;

/**
 * Writes a graph as an ONNX file, one initializer at a time: the heap holds the largest of them, never all.
 *
 * <p>Protobuf needs the length of a message before its bytes. Everything but the weights is small and is serialised first;
 * the length of the weights follows from their shapes.
 */
final class OnnxWriter {
    private static final int BUFFER = 1 << 16;
    /** Readers hold the whole message in one array. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private OnnxWriter() {}

    /**
     * Writes the file whole or not at all.
     *
     * @param file the file
     * @param graph the network
     * @param opset of the file
     * @param metadata entries for {@code metadata_props}, in order
     * @throws ElasticVisionException if it cannot be written, or would be larger than the 2 GB that readers take
     */
    static void write(Path file, Graph graph, Opset opset, Map<String, String> metadata) {
        AtomicFile.write(file, out -> write(out, graph, opset, metadata, List.of()));
    }

    /**
     * Writes a file whose outputs are values inside the graph besides the graph's own, so that they can be observed.
     *
     * @param file the file
     * @param graph the network
     * @param opset of the file
     * @param observed the values' names
     */
    static void writeObserved(Path file, Graph graph, Opset opset, List<String> observed) {
        AtomicFile.write(file, out -> write(out, graph, opset, Map.of(), observed));
    }

    private static void write(
            OutputStream stream, Graph graph, Opset opset, Map<String, String> metadata, List<String> observed)
            throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(stream, BUFFER);
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(opset.irVersion())
                .setProducerName("ElasticVision")
                .setProducerVersion(Version.current())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset.version()));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        ModelProto header = model.build();

        byte[] structure = structure(graph, observed).toByteArray();
        long length = structure.length;
        for (Initializer initializer : graph.initializers()) {
            length += CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
                    + lengthAndBody(tensorLength(initializer));
        }
        if (header.getSerializedSize() + length > MAX_BYTES) {
            throw new ElasticVisionException(String.format(
                    Locale.ROOT,
                    "the model would take %.1f GB, but an ONNX file holds 2 GB at most; use a smaller network",
                    length / 1e9));
        }
        header.writeTo(out);
        out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt64NoTag(length);
        out.writeRawBytes(structure);
        for (Initializer initializer : graph.initializers()) {
            out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt64NoTag(tensorLength(initializer));
            header(initializer).writeTo(out);
            out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt64NoTag(initializer.byteCount());
            writeValues(out, initializer);
        }
        out.flush();
    }

    /** The graph without its initializers. */
    private static GraphProto structure(Graph graph, List<String> observed) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        proto.addInput(port(graph.input())).addOutput(port(graph.output()));
        // Their types follow from the nodes that make them.
        observed.forEach(value -> proto.addOutput(ValueInfoProto.newBuilder().setName(value)));
        return proto.build();
    }

    private static NodeProto node(Node node) {
        NodeProto.Builder proto = NodeProto.newBuilder().setOpType(node.op().onnxName());
        if (!hasDefaultName(node)) {
            proto.setName(node.name());
        }
        proto.addAllInput(node.inputs()).addOutput(node.output());
        new TreeMap<>(node.attributes()).forEach((name, value) -> proto.addAttribute(attribute(name, value)));
        return proto.build();
    }

    /** There are thousands of nodes around quantized values; their names would be half a percent of a file. */
    private static boolean hasDefaultName(Node node) {
        boolean quantizing = node.op() == OpType.QUANTIZE_LINEAR || node.op() == OpType.DEQUANTIZE_LINEAR;
        return quantizing && node.name().equals(node.output());
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long integer) {
            return proto.setType(AttributeProto.AttributeType.INT).setI(integer).build();
        }
        if (value instanceof Float real) {
            return proto.setType(AttributeProto.AttributeType.FLOAT).setF(real).build();
        }
        if (value instanceof String text) {
            return proto.setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text))
                    .build();
        }
        if (value instanceof List<?> list) {
            proto.setType(AttributeProto.AttributeType.INTS);
            list.forEach(element -> proto.addInts((Long) element));
            return proto.build();
        }
        throw new IllegalArgumentException("attribute " + name + " of " + value.getClass());
    }

    private static ValueInfoProto port(Graph.Port port) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : port.dimensions()) {
            TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
            boolean number = Character.isDigit(dimension.charAt(0));
            shape.addDim(number ? proto.setDimValue(Long.parseLong(dimension)) : proto.setDimParam(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(port.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    /** A tensor without its values. */
    private static TensorProto header(Initializer initializer) {
        return TensorProto.newBuilder()
                .setName(initializer.name())
                .setDataType(initializer.type().number())
                .addAllDims(initializer.shape())
                .build();
    }

    private static long tensorLength(Initializer initializer) {
        return header(initializer).getSerializedSize()
                + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
                + lengthAndBody(initializer.byteCount());
    }

    private static long lengthAndBody(long body) {
        return CodedOutputStream.computeUInt64SizeNoTag(body) + body;
    }

    private static void writeValues(CodedOutputStream out, Initializer initializer) throws IOException {
        if (initializer instanceof Initializer.Longs longs) {
            for (long value : longs.values()) {
                out.writeFixed64NoTag(value);
            }
        } else if (initializer instanceof Initializer.Ints ints) {
            for (int value : ints.values().get()) {
                if (ints.narrow()) {
                    out.writeRawByte(value);
                    out.writeRawByte(value >> Byte.SIZE);
                } else {
                    out.writeFixed32NoTag(value);
                }
            }
        } else if (initializer instanceof Initializer.Bytes bytes) {
            out.writeRawBytes(bytes.values().get());
        } else if (initializer instanceof Initializer.Floats floats) {
            writeFloats(out, floats.read(), floats.half());
        }
    }

    private static void writeFloats(CodedOutputStream out, float[] values, boolean half) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        int size = half ? Short.BYTES : Float.BYTES;
        for (int from = 0; from < values.length; from += BUFFER / size) {
            int count = Math.min(BUFFER / size, values.length - from);
            chunk.clear();
            for (int i = from; i < from + count; i++) {
                if (half) {
                    chunk.putShort(Half.of(values[i]));
                } else {
                    chunk.putFloat(values[i]);
                }
            }
            out.writeRawBytes(chunk.array(), 0, count * size);
        }
    }
}
