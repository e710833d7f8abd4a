package org.elasticvision.runtime.onnx.layer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxInput;
import org.elasticvision.runtime.onnx.OnnxNode;

/**
 * In what numbers nodes compute: in 8 bits where all that they take of the image comes out of a {@code DequantizeLinear}, which engines then join
 * with them; else in the type of their input.
 */
final class LayerPrecision {
    private static final String FP32 = "fp32";
    private static final String FP16 = "fp16";
    private static final String INT8 = "int8";
    private static final int ONNX_FLOAT = 1;
    private static final int ONNX_FLOAT16 = 10;
    private static final Set<String> WHOLE_NUMBERS = Set.of("Shape", "ArgMax", "NonZero");

    private final Set<String> constants;
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> dequantized = new HashSet<>();

    LayerPrecision(OnnxGraph graph, Set<String> constants) {
        this.constants = constants;
        graph.inputs().stream().filter(OnnxInput::isFloat).forEach(input -> types.put(input.name(), FP32));
        for (OnnxNode node : graph.nodes()) {
            type(node).ifPresent(type -> node.outputs().forEach(output -> types.put(output, type)));
            if (node.operator().equals("DequantizeLinear")) {
                dequantized.add(node.output());
            }
        }
    }

    /** {@return the precision; empty where the type of its input is not known} */
    Optional<String> of(OnnxNode node) {
        List<String> values = changing(node);
        return !values.isEmpty() && dequantized.containsAll(values) ? Optional.of(INT8) : inputType(node);
    }

    /** Scales of float32 are all that our files and ONNX Runtime's have. */
    private Optional<String> type(OnnxNode node) {
        if (WHOLE_NUMBERS.contains(node.operator())) {
            return Optional.empty();
        }
        return switch (node.operator()) {
            case "Cast" ->
                switch ((int) node.number("to", 0)) {
                    case ONNX_FLOAT -> Optional.of(FP32);
                    case ONNX_FLOAT16 -> Optional.of(FP16);
                    default -> Optional.empty();
                };
            case "QuantizeLinear" -> Optional.of(INT8);
            case "DequantizeLinear" -> Optional.of(FP32);
            default -> inputType(node);
        };
    }

    private Optional<String> inputType(OnnxNode node) {
        return changing(node).stream().findFirst().map(types::get);
    }

    private List<String> changing(OnnxNode node) {
        return node.inputs().stream()
                .filter(input -> !input.isEmpty() && !constants.contains(input))
                .toList();
    }
}
