package org.elasticvision.convert.onnx.extract;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.elasticvision.runtime.base.ElasticVisionException;
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

    /**
     * {@return the same with a constant in the place of an input}
     *
     * @param input one of its inputs
     * @param values float32, row-major
     * @param shape the lengths of the dimensions
     */
    public SubModel withConstant(String input, float[] values, int... shape) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        GraphProto.Builder graph = model.getGraph().toBuilder();
        graph.clearInput();
        model.getGraph().getInputList().stream()
                .filter(info -> !info.getName().equals(input))
                .forEach(graph::addInput);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(input)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(IntStream.of(shape).mapToObj(Long::valueOf).toList())
                .setRawData(ByteString.copyFrom(bytes)));
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
