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
import java.util.stream.Collectors;
import org.elasticvision.convert.onnx.file.ProtoReader;
import org.elasticvision.convert.onnx.graph.ElementType;
import org.elasticvision.convert.onnx.graph.GraphView;
import org.elasticvision.runtime.base.ModelException;

/**
 * Reads ONNX files of any kind: what both {@link OnnxView} and {@link OnnxReader} start from. The heap holds the
 * structure alone.
 */
final class ViewReader {
    private ViewReader() {}

    static OnnxView read(Path file) {
        ModelProto model = ProtoReader.read(file);
        return new OnnxView(
                graph(model.getGraph()),
                opset(file, model),
                model.getFunctionsList().stream()
                        .map(function -> function.getDomain() + ":" + function.getName())
                        .collect(Collectors.toSet()));
    }

    /** The version of ONNX's operators. */
    static int opset(Path file, ModelProto model) {
        long version = model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(set -> set.getVersion())
                .findFirst()
                .orElseThrow(() -> new ModelException(
                        file + ": names no operator set, so it is not an ONNX model; convert it again"));
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, version));
    }

    /** ONNX's own operators have two names for where they come from. */
    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    static GraphView graph(GraphProto proto) {
        return new GraphView(
                proto.getInputList().stream().map(ViewReader::port).toList(),
                proto.getOutputList().stream().map(ViewReader::port).toList(),
                proto.getValueInfoList().stream().map(ViewReader::port).toList(),
                proto.getInitializerList().stream().map(ViewReader::tensor).toList(),
                proto.getNodeList().stream().map(ViewReader::node).toList());
    }

    private static GraphView.Port port(ValueInfoProto proto) {
        TypeProto.Tensor tensor = proto.getType().getTensorType();
        Optional<List<String>> dimensions = tensor.hasShape()
                ? Optional.of(tensor.getShape().getDimList().stream()
                        .map(ViewReader::dimension)
                        .toList())
                : Optional.empty();
        return new GraphView.Port(proto.getName(), ElementType.of(tensor.getElemType()), dimensions);
    }

    private static String dimension(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimValue() ? Long.toString(dimension.getDimValue()) : dimension.getDimParam();
    }

    private static GraphView.Node node(NodeProto proto) {
        Map<String, Object> attributes = new HashMap<>();
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), value(attribute)));
        String name = proto.getName();
        if (name.isEmpty()) {
            name = proto.getOutputCount() > 0 ? proto.getOutput(0) : "a " + proto.getOpType();
        }
        String domain = isStandard(proto.getDomain()) ? "" : proto.getDomain();
        return new GraphView.Node(
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
                attribute.getTensorsList().stream().map(ViewReader::tensor).toList();
            case GRAPHS ->
                attribute.getGraphsList().stream().map(ViewReader::graph).toList();
            default -> Optional.empty();
        };
    }

    private static GraphView.Tensor tensor(TensorProto proto) {
        return new GraphView.Tensor(
                proto.getName(),
                ElementType.of(proto.getDataType()),
                proto.getDimsList(),
                () -> TensorNumbers.of(proto));
    }
}
