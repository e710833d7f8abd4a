package org.elasticvision.convert.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.convert.onnx.graph.Initializer;
import org.elasticvision.runtime.base.ModelException;

/** Reads ONNX files of any kind. */
final class AnyReader {
    private final Path file;

    AnyReader(Path file) {
        this.file = file;
    }

    AnyModel read() {
        ModelProto model = OnnxReader.parse(file);
        long opset = model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(set -> set.getVersion())
                .findFirst()
                .orElseThrow(() -> new ModelException(file + ": names no operator set, so it is not an ONNX model"));
        return new AnyModel(
                graph(model.getGraph()),
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, opset)),
                model.getFunctionsList().stream()
                        .map(function -> function.getDomain() + ":" + function.getName())
                        .collect(Collectors.toSet()));
    }

    static AnyModel of(OnnxModel model) {
        GraphProto structure = OnnxFile.structure(model.graph(), List.of());
        List<AnyGraph.Tensor> initializers =
                model.graph().initializers().stream().map(AnyReader::tensor).toList();
        return new AnyModel(graph(structure, initializers), model.opset().version(), Set.of());
    }

    /** ONNX's own operators have two names for where they come from. */
    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private static AnyGraph graph(GraphProto proto) {
        return graph(
                proto,
                proto.getInitializerList().stream().map(AnyReader::tensor).toList());
    }

    private static AnyGraph graph(GraphProto proto, List<AnyGraph.Tensor> initializers) {
        return new AnyGraph(
                proto.getInputList().stream().map(AnyReader::port).toList(),
                proto.getOutputList().stream().map(AnyReader::port).toList(),
                proto.getValueInfoList().stream().map(AnyReader::port).toList(),
                initializers,
                proto.getNodeList().stream().map(AnyReader::node).toList());
    }

    private static AnyGraph.Port port(ValueInfoProto proto) {
        TypeProto.Tensor tensor = proto.getType().getTensorType();
        Optional<List<String>> dimensions = tensor.hasShape()
                ? Optional.of(tensor.getShape().getDimList().stream()
                        .map(AnyReader::dimension)
                        .toList())
                : Optional.empty();
        return new AnyGraph.Port(proto.getName(), tensor.getElemType(), dimensions);
    }

    private static String dimension(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimValue() ? Long.toString(dimension.getDimValue()) : dimension.getDimParam();
    }

    private static AnyGraph.Node node(NodeProto proto) {
        Map<String, Object> attributes = new HashMap<>();
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), value(attribute)));
        String name = proto.getName();
        if (name.isEmpty()) {
            name = proto.getOutputCount() > 0 ? proto.getOutput(0) : "a " + proto.getOpType();
        }
        String domain = isStandard(proto.getDomain()) ? "" : proto.getDomain();
        return new AnyGraph.Node(
                domain, proto.getOpType(), name, proto.getInputList(), proto.getOutputList(), attributes);
    }

    private static Object value(AttributeProto attribute) {
        return switch (attribute.getType()) {
            case INT -> attribute.getI();
            case FLOAT -> attribute.getF();
            case STRING -> attribute.getS().toStringUtf8();
            case TENSOR -> tensor(attribute.getT());
            case GRAPH -> graph(attribute.getG());
            case INTS -> List.copyOf(attribute.getIntsList());
            case FLOATS -> List.copyOf(attribute.getFloatsList());
            case STRINGS ->
                attribute.getStringsList().stream()
                        .map(text -> text.toStringUtf8())
                        .toList();
            case TENSORS ->
                attribute.getTensorsList().stream().map(AnyReader::tensor).toList();
            case GRAPHS ->
                attribute.getGraphsList().stream().map(AnyReader::graph).toList();
            default -> Optional.empty();
        };
    }

    private static AnyGraph.Tensor tensor(TensorProto proto) {
        return new AnyGraph.Tensor(
                proto.getName(), proto.getDataType(), proto.getDimsList(), () -> TensorNumbers.of(proto));
    }

    private static AnyGraph.Tensor tensor(Initializer initializer) {
        TensorProto header = OnnxFile.header(initializer);
        return new AnyGraph.Tensor(
                header.getName(),
                header.getDataType(),
                header.getDimsList(),
                () -> Optional.of(TensorNumbers.of(initializer)));
    }
}
