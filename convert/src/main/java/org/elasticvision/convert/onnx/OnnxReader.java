package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.Half;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.onnx.file.ModelContent;

/** Reads ONNX files. The file is mapped, not copied: the heap holds the structure alone. */
final class OnnxReader {
    private final Path file;

    private OnnxReader(Path file) {
        this.file = file;
    }

    static OnnxModel read(Path file) {
        OnnxReader reader = new OnnxReader(file);
        ModelProto model = parse(file);
        try {
            return reader.read(model);
        } catch (IllegalArgumentException e) { // a graph that cannot be
            throw reader.broken(e.getMessage());
        }
    }

    /**
     * Maps a file. Weights stay views of it.
     *
     * @throws ModelException if it is missing or not of this format
     */
    static ModelProto parse(Path file) {
        ModelContent.check(file);
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ModelException(file + ": is larger than the 2 GB that an ONNX model may have");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true); // weights stay views of the file
            return ExternalData.resolve(file, ModelProto.parseFrom(in));
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(file + ": is not an ONNX model, or damaged; convert it again", e);
        } catch (IOException e) {
            throw new ModelException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + "); give an ONNX model", e);
        }
    }

    private OnnxModel read(ModelProto model) {
        long version = model.getOpsetImportList().stream()
                .filter(opset -> opset.getDomain().isEmpty())
                .mapToLong(opset -> opset.getVersion())
                .findFirst()
                .orElseThrow(() -> broken("names no operator set"));
        Map<String, String> metadata = new LinkedHashMap<>();
        model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        return new OnnxModel(graph(model.getGraph()), new Opset(Math.toIntExact(version)), metadata);
    }

    private Graph graph(GraphProto proto) {
        if (proto.getInputCount() != 1 || proto.getOutputCount() != 1) {
            throw broken("has " + proto.getInputCount() + " inputs and " + proto.getOutputCount()
                    + " outputs; only networks with one of each are known here");
        }
        Graph graph = new Graph(proto.getName(), port(proto.getInput(0)), port(proto.getOutput(0)));
        proto.getInitializerList().forEach(tensor -> graph.put(initializer(tensor)));
        proto.getNodeList().forEach(node -> graph.add(node(node)));
        if (graph.producer(graph.output().name()).isEmpty()) {
            throw broken("no node makes its output");
        }
        return graph;
    }

    private static Graph.Port port(ValueInfoProto proto) {
        List<String> dimensions = new ArrayList<>();
        for (TensorShapeProto.Dimension dimension :
                proto.getType().getTensorType().getShape().getDimList()) {
            dimensions.add(dimension.hasDimValue() ? Long.toString(dimension.getDimValue()) : dimension.getDimParam());
        }
        return new Graph.Port(proto.getName(), dimensions);
    }

    private Node node(NodeProto proto) {
        OpType op = OpType.of(proto.getOpType())
                .orElseThrow(() -> broken("uses the operator " + proto.getOpType()
                        + ", which our networks do not have; only models that 'elastic convert' wrote are taken here"));
        if (proto.getOutputCount() != 1) {
            throw broken("its node " + proto.getName() + " has " + proto.getOutputCount() + " outputs");
        }
        Map<String, Object> attributes = new HashMap<>();
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), value(proto, attribute)));
        String name = proto.getName().isEmpty() ? proto.getOutput(0) : proto.getName();
        return new Node(op, name, proto.getInputList(), proto.getOutput(0), attributes).checked();
    }

    private Object value(NodeProto node, AttributeProto attribute) {
        return switch (attribute.getType()) {
            case INT -> attribute.getI();
            case FLOAT -> attribute.getF();
            case STRING -> attribute.getS().toStringUtf8();
            case INTS -> List.copyOf(attribute.getIntsList());
            default ->
                throw broken("its node " + node.getName() + " has an attribute " + attribute.getName()
                        + " of a kind that our networks do not have");
        };
    }

    private Initializer initializer(TensorProto proto) {
        String name = proto.getName();
        List<Long> shape = List.copyOf(proto.getDimsList());
        ByteString raw = proto.getRawData();
        TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
        Initializer initializer =
                switch (type == null ? TensorProto.DataType.UNDEFINED : type) {
                    case FLOAT -> new Initializer.Floats(name, shape, () -> floats(raw));
                    case FLOAT16 -> new Initializer.Floats(name, shape, () -> halves(raw)).inHalf();
                    case INT8 -> new Initializer.Bytes(name, shape, true, raw::toByteArray);
                    case UINT8 -> new Initializer.Bytes(name, shape, false, raw::toByteArray);
                    case INT16 -> new Initializer.Ints(name, shape, () -> shorts(raw), true);
                    case INT32 -> new Initializer.Ints(name, shape, () -> ints(raw), false);
                    case INT64 -> new Initializer.Longs(name, longs(raw));
                    default ->
                        throw broken("its initializer " + name + " is of the type " + type
                                + ", which our networks do not have");
                };
        if (initializer.byteCount() != raw.size() || !initializer.shape().equals(shape)) {
            throw broken("its initializer " + name + " has " + raw.size() + " bytes for the shape " + shape);
        }
        return initializer;
    }

    private static ByteBuffer littleEndian(ByteString raw) {
        return raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(ByteString raw) {
        float[] values = new float[raw.size() / Float.BYTES];
        littleEndian(raw).asFloatBuffer().get(values);
        return values;
    }

    private static float[] halves(ByteString raw) {
        short[] bits = new short[raw.size() / Short.BYTES];
        littleEndian(raw).asShortBuffer().get(bits);
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Half.toFloat(bits[i]);
        }
        return values;
    }

    private static int[] shorts(ByteString raw) {
        short[] bits = new short[raw.size() / Short.BYTES];
        littleEndian(raw).asShortBuffer().get(bits);
        int[] values = new int[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = bits[i];
        }
        return values;
    }

    private static int[] ints(ByteString raw) {
        int[] values = new int[raw.size() / Integer.BYTES];
        littleEndian(raw).asIntBuffer().get(values);
        return values;
    }

    private static List<Long> longs(ByteString raw) {
        ByteBuffer buffer = littleEndian(raw);
        List<Long> values = new ArrayList<>();
        while (buffer.remaining() >= Long.BYTES) {
            values.add(buffer.getLong());
        }
        return values;
    }

    private ModelException broken(String problem) {
        return new ModelException(file + ": " + problem);
    }
}
