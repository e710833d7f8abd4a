package org.elasticvision.convert.onnx.extract;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.Tensor;
import org.elasticvision.runtime.io.AtomicFile;

/** A part of a network as a model of its own, not yet in a file. Immutable; the file it is from must stay as it is. */
public final class SubModel {
    private final Path source;
    private final ModelProto model;

    SubModel(Path source, ModelProto model) {
        this.source = source;
        this.model = model;
    }

    /** {@return how many nodes it has} */
    public int nodeCount() {
        return model.getGraph().getNodeCount();
    }

    /** {@return the names of its inputs, those of constants left out} */
    public List<String> inputs() {
        Set<String> constants = new HashSet<>();
        model.getGraph().getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        return model.getGraph().getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !constants.contains(name))
                .toList();
    }

    /** {@return the name of its output} */
    public String output() {
        return model.getGraph().getOutput(0).getName();
    }

    /** {@return the operators of its nodes, in order} */
    public List<String> operators() {
        return model.getGraph().getNodeList().stream()
                .map(node -> node.getOpType())
                .toList();
    }

    /** {@return the inputs with their shapes, human-readable} */
    public String inputText() {
        List<String> names = inputs();
        return model.getGraph().getInputList().stream()
                .filter(input -> names.contains(input.getName()))
                .map(SubModel::text)
                .collect(Collectors.joining(", "));
    }

    /** {@return the output with its shape, as far as that is known; human-readable} */
    public String outputText() {
        return text(model.getGraph().getOutput(0));
    }

    private static String text(ValueInfoProto info) {
        return info.getType().getTensorType().hasShape()
                ? info.getName() + " "
                        + info.getType().getTensorType().getShape().getDimList().stream()
                                .map(SubModel::text)
                                .collect(Collectors.joining(", ", "[", "]"))
                : info.getName();
    }

    private static String text(TensorShapeProto.Dimension dimension) {
        if (dimension.hasDimValue()) {
            return Long.toString(dimension.getDimValue());
        }
        return dimension.getDimParam().isEmpty() ? "?" : dimension.getDimParam();
    }

    /** {@return the same with inputs and output in float32 where they are in float16, and casts behind and before them} */
    public SubModel withFloat32Ports() {
        GraphProto.Builder graph = model.getGraph().toBuilder();
        List<NodeProto> casts = new ArrayList<>();
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            if (becomesFloat32(input)) {
                String inside = rename(graph, input.getName());
                casts.add(cast(input.getName(), inside, TensorProto.DataType.FLOAT16));
            }
        }
        ValueInfoProto.Builder output = graph.getOutputBuilder(0);
        if (becomesFloat32(output)) {
            String inside = rename(graph, output.getName());
            graph.addNode(cast(inside, output.getName(), TensorProto.DataType.FLOAT));
        }
        List<NodeProto> rest = List.copyOf(graph.getNodeList());
        graph.clearNode().addAllNode(casts).addAllNode(rest);
        return new SubModel(source, model.toBuilder().setGraph(graph).build());
    }

    private static boolean becomesFloat32(ValueInfoProto.Builder port) {
        boolean half = port.getType().getTensorType().getElemType() == TensorProto.DataType.FLOAT16.getNumber();
        if (half) {
            port.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
        }
        return half;
    }

    /** Gives a value another name in all nodes; returns that. */
    private static String rename(GraphProto.Builder graph, String value) {
        String inside = value + ".fp16";
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(value)) {
                    node.setInput(i, inside);
                }
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                if (node.getOutput(i).equals(value)) {
                    node.setOutput(i, inside);
                }
            }
        }
        return inside;
    }

    private static NodeProto cast(String from, String to, TensorProto.DataType type) {
        return NodeProto.newBuilder()
                .setOpType("Cast")
                .setName(to + ".cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(type.getNumber()))
                .build();
    }

    /**
     * {@return the same with a constant in the place of an input}
     *
     * @param input one of its inputs
     * @param value what it is
     */
    public SubModel withConstant(String input, Tensor value) {
        GraphProto.Builder graph = model.getGraph().toBuilder().clearInput();
        model.getGraph().getInputList().stream()
                .filter(info -> !info.getName().equals(input))
                .forEach(graph::addInput);
        graph.addInitializer(TensorFile.proto(input, value));
        return new SubModel(source, model.toBuilder().setGraph(graph).build());
    }

    /**
     * Writes the file whole or not at all, its weights in it.
     *
     * @param file not the one that it is from
     * @throws ElasticVisionException if it cannot be written, or would be larger than the 2 GB that an ONNX file may have
     */
    public void write(Path file) {
        long weights = model.getGraph().getInitializerList().stream()
                .mapToLong(tensor -> tensor.getRawData().size() + 8L * tensor.getFloatDataCount())
                .sum();
        if (weights > Integer.MAX_VALUE - (1 << 24)) {
            throw new ElasticVisionException(String.format(
                    Locale.ROOT,
                    "the part of %s would take %.1f GB, but an ONNX file holds 2 GB at most; begin later, with --from",
                    source,
                    weights / 1e9));
        }
        AtomicFile.write(file, model::writeTo);
    }
}
