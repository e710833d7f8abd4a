package org.elasticvision.convert.onnx.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.elasticvision.convert.onnx.graph.OpSchema.AttributeType.FLOAT;
import static org.elasticvision.convert.onnx.graph.OpSchema.AttributeType.INT;
import static org.elasticvision.convert.onnx.graph.OpSchema.AttributeType.INTS;
import static org.elasticvision.convert.onnx.graph.OpSchema.AttributeType.STRING;
import static org.elasticvision.convert.onnx.graph.OpSchema.ChannelRule.SUM;
import static org.elasticvision.convert.onnx.graph.OpSchema.ChannelRule.WEIGHT_COLUMNS;
import static org.elasticvision.convert.onnx.graph.OpSchema.ChannelRule.WEIGHT_ROWS;
import static org.elasticvision.convert.onnx.graph.OpSchema.ChannelRule.WIDEST;
import static org.elasticvision.convert.onnx.graph.OpSchema.Trait.INT8_ON_CPU;
import static org.elasticvision.convert.onnx.graph.OpSchema.Trait.INT8_WEIGHTS;
import static org.elasticvision.convert.onnx.graph.OpSchema.Trait.MOVES_VALUES;
import static org.elasticvision.convert.onnx.graph.OpSchema.Trait.PER_PIXEL;
import static org.elasticvision.convert.onnx.graph.OpSchema.TypeRule.CAST_TO;
import static org.elasticvision.convert.onnx.graph.OpSchema.TypeRule.DEQUANTIZED;
import static org.elasticvision.convert.onnx.graph.OpSchema.TypeRule.FIRST;
import static org.elasticvision.convert.onnx.graph.OpSchema.TypeRule.QUANTIZED;
import static org.elasticvision.convert.onnx.graph.OpSchema.op;

/**
 * The ONNX operators ({@code op_type}) that our graphs use: the one table of what each takes and how it behaves. Whoever asks
 * about an operator asks here, so a new operator is one constant. A wrong node fails where it is made.
 */
@SuppressWarnings("ImmutableEnumChecker") // schemas are not changed after they are made
public enum OpType {
    ADD(op("Add").allActivations(2).channels(WIDEST).is(INT8_ON_CPU)),
    AVERAGE_POOL(op("AveragePool").mandatory("kernel_shape", INTS).optional("strides", INTS)),
    BATCH_NORMALIZATION(
            op("BatchNormalization").inputs(5).mandatory("epsilon", FLOAT).is(PER_PIXEL)),
    CAST(op("Cast").mandatory("to", INT).types(CAST_TO)),
    CONCAT(op("Concat").anyActivations().mandatory("axis", INT).channels(SUM).is(INT8_ON_CPU)),
    CONV(op("Conv")
            .inputs(2)
            .optionalInputs(1)
            .mandatory("kernel_shape", INTS)
            .mandatory("group", INT)
            .optional("strides", INTS)
            .optional("pads", INTS)
            .optional("dilations", INTS)
            .channels(WEIGHT_ROWS)
            .is(INT8_WEIGHTS, INT8_ON_CPU)),
    CONV_TRANSPOSE(op("ConvTranspose")
            .inputs(2)
            .optionalInputs(1)
            .mandatory("kernel_shape", INTS)
            .mandatory("group", INT)
            .optional("strides", INTS)
            .optional("pads", INTS)
            .channels(WEIGHT_COLUMNS)),
    DEQUANTIZE_LINEAR(op("DequantizeLinear")
            .inputs(2)
            .optionalInputs(1)
            .optional("axis", INT)
            .types(DEQUANTIZED)),
    EXPAND(op("Expand").inputs(2).types(FIRST).is(MOVES_VALUES)),
    FLATTEN(op("Flatten").mandatory("axis", INT).is(MOVES_VALUES, INT8_ON_CPU)),
    GEMM(op("Gemm")
            .inputs(2)
            .optionalInputs(1)
            .mandatory("transB", INT)
            .channels(WEIGHT_ROWS)
            .is(INT8_WEIGHTS, INT8_ON_CPU)),
    GLOBAL_AVERAGE_POOL(op("GlobalAveragePool").is(INT8_ON_CPU)),
    LOG_SOFTMAX(op("LogSoftmax").mandatory("axis", INT)),
    MAX_POOL(op("MaxPool")
            .mandatory("kernel_shape", INTS)
            .optional("strides", INTS)
            .optional("pads", INTS)
            .optional("ceil_mode", INT)
            .is(MOVES_VALUES, INT8_ON_CPU)),
    MUL(op("Mul").allActivations(2).channels(WIDEST).is(INT8_ON_CPU)),
    PAD(op("Pad").inputs(2).optionalInputs(1).mandatory("mode", STRING).types(FIRST)),
    QUANTIZE_LINEAR(op("QuantizeLinear")
            .inputs(2)
            .optionalInputs(1)
            .optional("axis", INT)
            .types(QUANTIZED)),
    RELU(op("Relu").is(PER_PIXEL)),
    RESIZE(op("Resize")
            .optionalInputs(3)
            .mandatory("mode", STRING)
            .optional("coordinate_transformation_mode", STRING)
            .optional("axes", INTS)
            .types(FIRST)),
    SIGMOID(op("Sigmoid").is(PER_PIXEL)),
    SLICE(op("Slice").inputs(3).optionalInputs(2).types(FIRST));

    private final OpSchema schema;

    OpType(OpSchema schema) {
        this.schema = schema;
    }

    /**
     * Finds an operator by its name in the ONNX standard.
     *
     * @param onnxName such as {@code Conv}
     * @return the operator; empty for one that is not used here
     */
    public static Optional<OpType> of(String onnxName) {
        return Arrays.stream(values())
                .filter(op -> op.onnxName().equals(onnxName))
                .findFirst();
    }

    /** {@return the operator's name in the ONNX standard} */
    public String onnxName() {
        return schema.name();
    }

    /**
     * {@return whether its weights, the second input, can be stored in 8 bits and multiplied as such on any target}
     */
    public boolean hasInt8Weights() {
        return schema.has(INT8_WEIGHTS);
    }

    /** {@return whether ONNX Runtime has an 8-bit kernel for CPUs that pays} */
    public boolean hasInt8KernelOnCpu() {
        return schema.has(INT8_ON_CPU);
    }

    /** {@return whether it moves or selects values only: what comes out in 8 bits has the scale of what went in} */
    public boolean movesValuesOnly() {
        return schema.has(MOVES_VALUES);
    }

    /** {@return whether it has one activation, each pixel of which makes the same pixel of the output alone} */
    public boolean isPerPixel() {
        return schema.has(PER_PIXEL);
    }

    OpSchema schema() {
        return schema;
    }

    /** Those of a node's inputs that are activations: neither weights nor sizes. */
    List<String> activations(Node node) {
        return schema.allActivations() ? node.inputs() : node.inputs().subList(0, 1);
    }
}
