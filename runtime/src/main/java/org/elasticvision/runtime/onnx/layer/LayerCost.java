package org.elasticvision.runtime.onnx.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.elasticvision.runtime.onnx.OnnxNode;

/**
 * Floating-point operations of a node, counted as the published code counts ({@code utils.py}, {@code add_flops_counting_methods}), and {@code
 * elastic models} with it: a multiply-add is one, a BatchNorm two per element, a ReLU or pooling one per input element, a bilinear upsampling
 * eight per output element; sums, concatenations, sigmoids, global pooling and transposed convolutions are free.
 */
final class LayerCost {
    private static final int OF_BATCH_NORM = 2;
    private static final int OF_BILINEAR = 8;
    private static final Set<String> FREE = Set.of(
            "Add",
            "Cast",
            "Concat",
            "ConvTranspose",
            "Div",
            "Expand",
            "Flatten",
            "Gather",
            "GlobalAveragePool",
            "Identity",
            "LogSoftmax",
            "Mul",
            "Pad",
            "ReduceMean",
            "Reshape",
            "Shape",
            "Sigmoid",
            "Slice",
            "Softmax",
            "Split",
            "Squeeze",
            "Sub",
            "Transpose",
            "Unsqueeze");

    private final Map<String, int[]> shapes;
    private final Function<String, Optional<long[]>> constantShape;

    LayerCost(Map<String, int[]> shapes, Function<String, Optional<long[]>> constantShape) {
        this.shapes = shapes;
        this.constantShape = constantShape;
    }

    /** {@return the operations; empty for an operator or a shape that is not known} */
    OptionalLong of(OnnxNode node) {
        int[] output = shapes.get(node.output());
        if (!node.domain().isEmpty() || output == null) {
            return OptionalLong.empty();
        }
        if (FREE.contains(node.operator())) {
            return OptionalLong.of(0);
        }
        return switch (node.operator()) {
            case "Conv" -> convolution(node, output);
            case "Gemm", "MatMul" -> product(node, output);
            case "BatchNormalization" -> OptionalLong.of(OF_BATCH_NORM * elements(output));
            case "Relu", "Clip", "LeakyRelu", "MaxPool", "AveragePool" ->
                node.input(0)
                        .map(shapes::get)
                        .map(input -> OptionalLong.of(elements(input)))
                        .orElse(OptionalLong.empty());
            case "Resize" ->
                OptionalLong.of(node.text("mode", "nearest").equals("nearest") ? 0 : OF_BILINEAR * elements(output));
            default -> OptionalLong.empty();
        };
    }

    private OptionalLong convolution(OnnxNode node, int[] output) {
        Optional<long[]> kernel = node.input(1).flatMap(constantShape);
        if (kernel.isEmpty()) {
            return OptionalLong.empty();
        }
        long perOutput = Arrays.stream(kernel.get()).skip(1).reduce(1, Math::multiplyExact);
        return OptionalLong.of(elements(output) * (perOutput + (node.input(2).isPresent() ? 1 : 0)));
    }

    /** Of a matrix: as many multiply-adds as it has numbers, for each row. */
    private OptionalLong product(OnnxNode node, int[] output) {
        return node.input(1)
                .flatMap(constantShape)
                .filter(matrix -> matrix.length == 2 && output.length > 0)
                .map(matrix -> OptionalLong.of(elements(output) / output[output.length - 1] * matrix[0] * matrix[1]))
                .orElse(OptionalLong.empty());
    }

    private static long elements(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }
}
