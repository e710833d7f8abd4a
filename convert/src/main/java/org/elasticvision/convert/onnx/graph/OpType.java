package org.elasticvision.convert.onnx.graph;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The ONNX operators that our graphs use, with what they take, so that a wrong node fails where it is made. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
public enum OpType {
    ADD("Add", 2, 2),
    AVERAGE_POOL("AveragePool", 1, 1, "kernel_shape", "strides"),
    BATCH_NORMALIZATION("BatchNormalization", 5, 5, "epsilon"),
    CAST("Cast", 1, 1, "to"),
    CONCAT("Concat", 1, Integer.MAX_VALUE, "axis"),
    CONV("Conv", 2, 3, "kernel_shape", "strides", "pads", "dilations", "group"),
    CONV_TRANSPOSE("ConvTranspose", 2, 3, "kernel_shape", "strides", "pads", "group"),
    DEQUANTIZE_LINEAR("DequantizeLinear", 2, 3, "axis"),
    EXPAND("Expand", 2, 2),
    FLATTEN("Flatten", 1, 1, "axis"),
    GEMM("Gemm", 2, 3, "transB"),
    GLOBAL_AVERAGE_POOL("GlobalAveragePool", 1, 1),
    LOG_SOFTMAX("LogSoftmax", 1, 1, "axis"),
    MAX_POOL("MaxPool", 1, 1, "kernel_shape", "strides", "pads", "ceil_mode"),
    MUL("Mul", 2, 2),
    PAD("Pad", 2, 3, "mode"),
    QUANTIZE_LINEAR("QuantizeLinear", 2, 3, "axis"),
    RELU("Relu", 1, 1),
    RESIZE("Resize", 1, 4, "mode", "coordinate_transformation_mode", "axes"),
    SIGMOID("Sigmoid", 1, 1),
    SLICE("Slice", 3, 5);

    private final String onnxName;
    private final int minInputs;
    private final int maxInputs;
    private final Set<String> attributes;

    OpType(String onnxName, int minInputs, int maxInputs, String... attributes) {
        this.onnxName = onnxName;
        this.minInputs = minInputs;
        this.maxInputs = maxInputs;
        this.attributes = Set.of(attributes);
    }

    /** Finds an operator by its name in the ONNX standard. */
    public static Optional<OpType> of(String onnxName) {
        return Arrays.stream(values())
                .filter(op -> op.onnxName.equals(onnxName))
                .findFirst();
    }

    /** The operator's name in the ONNX standard. */
    public String onnxName() {
        return onnxName;
    }

    void check(Node node) {
        int inputs = node.inputs().size();
        if (inputs < minInputs || inputs > maxInputs) {
            throw new IllegalArgumentException(node.name() + ": " + onnxName + " cannot take " + inputs + " inputs");
        }
        for (String attribute : node.attributes().keySet()) {
            if (!attributes.contains(attribute)) {
                throw new IllegalArgumentException(node.name() + ": " + onnxName + " has no attribute " + attribute);
            }
        }
    }
}
