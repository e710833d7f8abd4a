package org.elasticvision.convert.onnx.extract;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.Probe;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.explain.graph.ObservedCopy;
import org.elasticvision.runtime.io.TemporaryFolder;

/** The types and shapes of values inside a graph: as the file declares them, else as ONNX Runtime infers them. For one thread. */
final class ValueTypes {
    private final Path file;
    private final Map<String, ValueInfoProto> known = new HashMap<>();
    private final String batch;

    ValueTypes(Path file, GraphProto graph) {
        this.file = file;
        graph.getValueInfoList().forEach(this::declared);
        graph.getOutputList().forEach(this::declared);
        graph.getInputList().forEach(this::declared);
        this.batch = graph.getInputList().stream()
                .map(input -> input.getType().getTensorType().getShape())
                .filter(shape -> shape.getDimCount() > 0
                        && !shape.getDim(0).getDimParam().isEmpty())
                .map(shape -> shape.getDim(0).getDimParam())
                .findFirst()
                .orElse("batch");
    }

    private void declared(ValueInfoProto info) {
        if (info.getType().getTensorType().hasShape()) {
            known.put(info.getName(), info);
        }
    }

    /** {@return the declaration of a value; empty where its type or shape is not known before a run} */
    Optional<ValueInfoProto> of(String value) {
        return Optional.ofNullable(known.get(value));
    }

    /**
     * Has ONNX Runtime infer what is not known of some values that nodes make. It opens models of one input only.
     *
     * @throws ModelException where it cannot open the model
     */
    void infer(Collection<String> values) {
        List<String> unknown =
                values.stream().filter(value -> !known.containsKey(value)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        try (TemporaryFolder folder = TemporaryFolder.create("extract");
                Probe probe = ObservedCopy.open(
                        file, unknown, folder, EngineOptions.defaults().withProvider(Provider.CPU))) {
            probe.ports().stream().filter(port -> port.type() > 0).forEach(port -> known.put(port.name(), info(port)));
        }
    }

    /** A batch that went through a Resize has lost its name. Where nothing of the shape is known, there is none. */
    private ValueInfoProto info(Probe.Port port) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : port.dimensions()) {
            TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
            if (dimension.isEmpty()) {
                one.setDimParam(shape.getDimCount() == 1 ? batch : "d" + shape.getDimCount());
            } else if (dimension.chars().allMatch(Character::isDigit)) {
                one.setDimValue(Long.parseLong(dimension));
            } else {
                one.setDimParam(dimension);
            }
        }
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(port.type());
        if (!port.dimensions().isEmpty()) { // of a single number, or of a shape that ONNX Runtime does not know
            tensor.setShape(shape);
        }
        return ValueInfoProto.newBuilder()
                .setName(port.name())
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
