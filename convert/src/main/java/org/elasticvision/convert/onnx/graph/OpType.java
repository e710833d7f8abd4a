package org.elasticvision.convert.onnx.graph;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The ONNX operators that our graphs use, with what they take, so that a wrong node fails where it is made. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
public enum OpType {
    /** ONNX's {@code Add}. */
    ADD("Add", 2, 2),
    /** ONNX's {@code AveragePool}. */
    AVERAGE_POOL("AveragePool", 1, 1, "kernel_shape", "strides"),
    /** ONNX's {@code BatchNormalization}. */
    BATCH_NORMALIZATION("BatchNormalization", 5, 5, "epsilon"),
    /** ONNX's {@code Cast}. */
    CAST("Cast", 1, 1, "to"),
    /** ONNX's {@code Concat}. */
    CONCAT("Concat", 1, Integer.MAX_VALUE, "axis"),
    /** ONNX's {@code Conv}. */
    CONV("Conv", 2, 3, "kernel_shape", "strides", "pads", "dilations", "group"),
    /** ONNX's {@code ConvTranspose}. */
    CONV_TRANSPOSE("ConvTranspose", 2, 3, "kernel_shape", "strides", "pads", "group"),
    /** ONNX's {@code DequantizeLinear}. */
    DEQUANTIZE_LINEAR("DequantizeLinear", 2, 3, "axis"),
    /** ONNX's {@code Expand}. */
    EXPAND("Expand", 2, 2),
    /** ONNX's {@code Flatten}. */
    FLATTEN("Flatten", 1, 1, "axis"),
    /** ONNX's {@code Gemm}. */
    GEMM("Gemm", 2, 3, "transB"),
    /** ONNX's {@code GlobalAveragePool}. */
    GLOBAL_AVERAGE_POOL("GlobalAveragePool", 1, 1),
    /** ONNX's {@code LogSoftmax}. */
    LOG_SOFTMAX("LogSoftmax", 1, 1, "axis"),
    /** ONNX's {@code MaxPool}. */
    MAX_POOL("MaxPool", 1, 1, "kernel_shape", "strides", "pads", "ceil_mode"),
    /** ONNX's {@code Mul}. */
    MUL("Mul", 2, 2),
    /** ONNX's {@code Pad}. */
    PAD("Pad", 2, 3, "mode"),
    /** ONNX's {@code QuantizeLinear}. */
    QUANTIZE_LINEAR("QuantizeLinear", 2, 3, "axis"),
    /** ONNX's {@code Relu}. */
    RELU("Relu", 1, 1),
    /** ONNX's {@code Resize}. */
    RESIZE("Resize", 1, 4, "mode", "coordinate_transformation_mode", "axes"),
    /** ONNX's {@code Sigmoid}. */
    SIGMOID("Sigmoid", 1, 1),
    /** ONNX's {@code Slice}. */
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

    /**
     * Finds an operator by its name in the ONNX standard.
     *
     * @param onnxName such as {@code Conv}
     * @return the operator; empty for one that is not used here
     */
    public static Optional<OpType> of(String onnxName) {
        return Arrays.stream(values())
                .filter(op -> op.onnxName.equals(onnxName))
                .findFirst();
    }

    /** {@return the operator's name in the ONNX standard} */
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
