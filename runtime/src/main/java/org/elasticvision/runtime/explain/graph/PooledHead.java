package org.elasticvision.runtime.explain.graph;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxNode;

/**
 * A head of which each logit is a weighted sum of averages: global average pooling, then one linear layer. Immutable.
 *
 * @param features the value before the pooling, {@code [N, channels, height, width]}
 * @param weights {@code [classes][channels]}; kept, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
public record PooledHead(String features, float[][] weights) {
    private static final Set<String> RESHAPES = Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze");
    private static final Set<String> ENDS = Set.of("Softmax", "LogSoftmax", "Sigmoid");
    private static final int MOST_STEPS = 100;

    /**
     * {@return the head of a graph; empty where it is another one}
     *
     * @param graph of an ONNX file, whose first output is asked about
     */
    public static Optional<PooledHead> of(OnnxGraph graph) {
        return graph.outputs().isEmpty()
                ? Optional.empty()
                : new Search(new Wiring(graph)).from(graph.outputs().get(0).name());
    }

    /** Walks up from the output. For one search. */
    private static final class Search {
        private final Wiring wiring;
        private float[][] weights;

        Search(Wiring wiring) {
            this.wiring = wiring;
        }

        Optional<PooledHead> from(String output) {
            Optional<String> value = Optional.of(output);
            for (int steps = 0; steps < MOST_STEPS && value.isPresent(); steps++) {
                Optional<OnnxNode> node = value.flatMap(wiring::producer);
                if (node.isPresent() && averages(node.get())) {
                    return node.get()
                            .input(0)
                            .filter(pooled -> weights != null)
                            .map(pooled -> new PooledHead(pooled, weights));
                }
                value = node.flatMap(this::above);
            }
            return Optional.empty();
        }

        private Optional<String> above(OnnxNode node) {
            if (!node.domain().isEmpty()) {
                return Optional.empty();
            }
            if (wiring.isCarrier(node) || RESHAPES.contains(node.operator())) {
                return node.input(0);
            }
            if (weights != null) {
                return Optional.empty();
            }
            if (ENDS.contains(node.operator())) {
                return node.input(0);
            }
            return switch (node.operator()) {
                case "Add" -> wiring.pointwiseInput(node); // the bias of a MatMul
                case "Gemm", "MatMul", "Conv" -> linear(node);
                default -> Optional.empty();
            };
        }

        private Optional<String> linear(OnnxNode node) {
            Optional<long[]> shape = node.input(1).flatMap(wiring.constants()::shape);
            Optional<float[]> numbers = node.input(1).flatMap(wiring.constants()::numbers);
            boolean isConvolution = wiring.isConvolution(node);
            boolean fits = shape.isPresent()
                    && numbers.isPresent()
                    && (isConvolution ? isPointwise(node, shape.get()) : shape.get().length == 2)
                    && node.number("transA", 0) == 0;
            if (!fits) {
                return Optional.empty();
            }
            boolean byClass = isConvolution || node.number("transB", 0) == 1;
            int rows = (int) shape.get()[0];
            int columns = (int) shape.get()[1];
            weights = table(
                    numbers.get(), byClass ? rows : columns, byClass ? columns : rows, byClass, node.real("alpha", 1));
            return node.input(0);
        }

        private static boolean isPointwise(OnnxNode node, long[] shape) {
            return shape.length == 4 && shape[2] == 1 && shape[3] == 1 && node.number("group", 1) == 1;
        }

        private static float[][] table(float[] numbers, int classes, int channels, boolean byClass, float scale) {
            float[][] table = new float[classes][channels];
            for (int i = 0; i < classes; i++) {
                for (int k = 0; k < channels; k++) {
                    table[i][k] = scale * numbers[byClass ? i * channels + k : k * classes + i];
                }
            }
            return table;
        }

        /** Whether a node may be a global average; of a pooling with a window, the size of the features says in the end. */
        private boolean averages(OnnxNode node) {
            return switch (node.operator()) {
                case "GlobalAveragePool" -> true;
                case "AveragePool" -> Arrays.stream(node.numbers("pads")).allMatch(pad -> pad == 0);
                case "ReduceMean" -> Arrays.equals(axes(node), new long[] {2, 3});
                case "Conv" -> isAveragingConvolution(node);
                default -> false;
            };
        }

        private long[] axes(OnnxNode node) {
            long[] given = node.input(1)
                    .flatMap(wiring.constants()::numbers)
                    .map(Search::whole)
                    .orElseGet(() -> node.numbers("axes"));
            return Arrays.stream(given)
                    .map(axis -> axis < 0 ? axis + 4 : axis)
                    .sorted()
                    .toArray();
        }

        private static long[] whole(float[] numbers) {
            long[] whole = new long[numbers.length];
            for (int i = 0; i < whole.length; i++) {
                whole[i] = (long) numbers[i];
            }
            return whole;
        }

        /** What an int8 model has in place of an average pooling: each channel by itself, with equal weights. */
        private boolean isAveragingConvolution(OnnxNode node) {
            Optional<long[]> shape = wiring.kernel(node);
            if (shape.isEmpty()
                    || shape.get()[1] != 1
                    || shape.get()[0] != node.number("group", 1)
                    || shape.get()[2] * shape.get()[3] == 1
                    || node.input(2).isPresent()) {
                return false;
            }
            float[] numbers = node.input(1).flatMap(wiring.constants()::numbers).orElse(new float[0]);
            float part = 1f / (shape.get()[2] * shape.get()[3]);
            for (float number : numbers) {
                if (Math.abs(number - part) > part / 100) {
                    return false;
                }
            }
            return numbers.length > 0;
        }
    }
}
