package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.elasticvision.convert.onnx.file.ProtoReader;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.GraphView;
import org.elasticvision.convert.onnx.graph.Half;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.convert.onnx.graph.Node;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.runtime.base.ModelException;

/** Makes graphs that can be changed of ONNX files that hold no more than our networks do. */
final class OnnxReader {
    /** Of a dimension; what has neither is empty, and what is not known some exporters write as -1. */
    private static final Pattern LENGTH_OR_NAME = Pattern.compile("[1-9]\\d{0,8}|[^\\d-].*", Pattern.DOTALL);

    private final Path file;

    private OnnxReader(Path file) {
        this.file = file;
    }

    static OnnxModel read(Path file) {
        OnnxReader reader = new OnnxReader(file);
        ModelProto model = ProtoReader.read(file);
        try {
            return reader.read(model);
        } catch (IllegalArgumentException e) { // a graph that cannot be
            throw reader.broken(e.getMessage());
        }
    }

    private OnnxModel read(ModelProto model) {
        int opset = ViewReader.opset(file, model);
        Map<String, String> metadata = new LinkedHashMap<>();
        model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        Graph graph = graph(
                model.getGraph().getName(),
                ViewReader.graph(model.getGraph()),
                model.getGraph().getInitializerList());
        return new OnnxModel(graph, new Opset(opset), metadata);
    }

    private Graph graph(String name, GraphView view, List<TensorProto> initializers) {
        if (view.inputs().size() != 1 || view.outputs().size() != 1) {
            throw broken("has " + view.inputs().size() + " inputs and "
                    + view.outputs().size() + " outputs");
        }
        Graph graph =
                new Graph(name, port(view.inputs().get(0)), port(view.outputs().get(0)));
        initializers.forEach(tensor -> graph.put(initializer(tensor)));
        view.nodes().forEach(node -> graph.add(node(node)));
        if (graph.producer(graph.output().name()).isEmpty()) {
            throw broken("no node makes its output");
        }
        requireShape("input", graph.input());
        requireShape("output", graph.output());
        graph.nodes().forEach(node -> requireFit(graph, node));
        return graph;
    }

    /** Whether kernels are of two dimensions, and a normalisation has one number of each kind for a channel. */
    private void requireFit(Graph graph, Node node) {
        Map.of("kernel_shape", 2, "strides", 2, "dilations", 2, "pads", 4).forEach((attribute, count) -> {
            if (node.attributes().get(attribute) instanceof List<?> numbers && numbers.size() != count) {
                throw broken("its node " + node.name() + " has " + numbers.size() + " numbers of " + attribute
                        + ", not " + count);
            }
        });
        if (node.op() == OpType.CONV || node.op() == OpType.GEMM) {
            int dimensions = node.op() == OpType.CONV ? 4 : 2;
            String weight = node.inputs().get(1);
            if (graph.producer(weight).isEmpty()) { // else it is quantized
                requireDimensions(node, graph.initializer(weight), dimensions);
            }
        }
        if (node.op() == OpType.BATCH_NORMALIZATION) {
            List<List<Long>> shapes = node.inputs().stream()
                    .skip(1)
                    .map(input -> graph.initializer(input).shape())
                    .distinct()
                    .toList();
            if (shapes.size() != 1 || shapes.get(0).size() != 1) {
                throw broken("its node " + node.name() + " normalises by numbers of the shapes " + shapes);
            }
        }
    }

    private void requireDimensions(Node node, Initializer weight, int dimensions) {
        List<Long> shape = weight.shape();
        long groups = node.integer("group", 1);
        if (shape.size() != dimensions || weight.elementCount() == 0 || groups < 1 || shape.get(0) % groups != 0) {
            throw broken("its node " + node.name() + " has weights of the shape " + shape
                    + (groups == 1 ? "" : " in " + groups + " groups") + ", where " + dimensions
                    + " dimensions are needed, the first of them for all groups");
        }
    }

    /** Whether each dimension has a length, or a name where that is chosen at run time. */
    private void requireShape(String what, Graph.Port port) {
        if (port.dimensions().isEmpty()) {
            throw broken("its " + what + " '" + port.name() + "' has no shape");
        }
        for (String dimension : port.dimensions()) {
            if (!LENGTH_OR_NAME.matcher(dimension).matches()) {
                throw broken("its " + what + " '" + port.name() + "' has the shape " + port.dimensions()
                        + ", in which each dimension must be a length of at least 1 or a name");
            }
        }
    }

    private static Graph.Port port(GraphView.Port port) {
        return new Graph.Port(port.name(), port.dimensions().orElse(List.of()));
    }

    private Node node(GraphView.Node node) {
        if (!node.domain().isEmpty()) { // such as com.microsoft, whose operators may have the names of ONNX's own
            throw broken("its node " + node.name() + " is the operator " + node.operator() + " of the domain "
                    + node.domain() + ", and our networks have ONNX's own operators only");
        }
        OpType op = OpType.of(node.operator())
                .orElseThrow(() -> broken("uses the operator " + node.operator() + ", which our networks do not have"));
        if (node.outputs().size() != 1) {
            throw broken("its node " + node.name() + " has " + node.outputs().size() + " outputs");
        }
        node.attributes().forEach((attribute, value) -> {
            if (!isOfOurs(value)) {
                throw broken("its node " + node.name() + " has an attribute " + attribute
                        + " of a kind that our networks do not have");
            }
        });
        return new Node(op, node.name(), node.inputs(), node.outputs().get(0), node.attributes()).checked();
    }

    private static boolean isOfOurs(Object value) {
        return value instanceof Long
                || value instanceof Float
                || value instanceof String
                || (value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance));
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
        if (!canHold(raw.size(), shape)
                || initializer.byteCount() != raw.size()
                || !initializer.shape().equals(shape)) {
            throw broken("its initializer " + name + " has " + raw.size() + " bytes for the shape " + shape);
        }
        return initializer;
    }

    /** Whether so many bytes can be of a shape, none of whose elements takes less than one. */
    private static boolean canHold(int bytes, List<Long> shape) {
        long count = 1;
        for (long length : shape) {
            if (length < 0 || (count > 0 && length > bytes / count)) {
                return false;
            }
            count *= length;
        }
        return true;
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
        return new ModelException(file + ": " + problem
                + "; only models that 'elastic convert' or 'elastic quantize' wrote are taken here");
    }
}
