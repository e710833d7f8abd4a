package org.elasticvision.runtime.explain.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.onnx.OnnxNode;
import org.elasticvision.runtime.onnx.OnnxTensor;

/** The constants of a graph as numbers, those in 8 bits and those behind a change of type too. Immutable. */
final class ConstantValues {
    private final Map<String, OnnxTensor> tensors;
    private final Map<String, OnnxNode> producers;

    ConstantValues(Map<String, OnnxTensor> tensors, Map<String, OnnxNode> producers) {
        this.tensors = tensors;
        this.producers = producers;
    }

    boolean isConstant(String name) {
        return shape(name).isPresent();
    }

    /** {@return the lengths of its dimensions; empty where the value is not a constant} */
    Optional<long[]> shape(String name) {
        if (tensors.containsKey(name)) {
            return Optional.of(tensors.get(name).shape());
        }
        OnnxNode node = producers.get(name);
        if (node == null) {
            return Optional.empty();
        }
        return switch (node.operator()) {
            case "Constant" -> constant(node).map(OnnxTensor::shape);
            case "Identity", "Cast", "DequantizeLinear" -> node.input(0).flatMap(this::shape);
            case "Expand" -> node.input(0).filter(this::isOneNumber).flatMap(one -> lengths(node));
            default -> Optional.empty();
        };
    }

    /** {@return the numbers, in row-major order; empty where the value is not a constant} */
    Optional<float[]> numbers(String name) {
        if (tensors.containsKey(name)) {
            return Optional.of(tensors.get(name).floats());
        }
        OnnxNode node = producers.get(name);
        if (node == null) {
            return Optional.empty();
        }
        return switch (node.operator()) {
            case "Constant" -> constant(node).map(OnnxTensor::floats);
            case "Identity", "Cast" -> node.input(0).flatMap(this::numbers);
            case "DequantizeLinear" -> dequantized(node);
            case "Expand" -> expanded(node);
            default -> Optional.empty();
        };
    }

    private boolean isOneNumber(String name) {
        return shape(name)
                .filter(lengths -> Arrays.stream(lengths).allMatch(length -> length == 1))
                .isPresent();
    }

    /** What an Expand node makes of a single number. */
    private Optional<long[]> lengths(OnnxNode expand) {
        return expand.input(1).map(tensors::get).map(OnnxTensor::numbers);
    }

    /** The equal weights of an averaging convolution are stored once. */
    private Optional<float[]> expanded(OnnxNode node) {
        Optional<long[]> lengths = shape(node.output());
        Optional<float[]> one = node.input(0).flatMap(this::numbers);
        if (lengths.isEmpty() || one.isEmpty()) {
            return Optional.empty();
        }
        float[] numbers = new float[Math.toIntExact(Arrays.stream(lengths.get()).reduce(1, Math::multiplyExact))];
        Arrays.fill(numbers, one.get()[0]);
        return Optional.of(numbers);
    }

    private static Optional<OnnxTensor> constant(OnnxNode node) {
        return Optional.ofNullable(node.attributes().get("value")).flatMap(value -> value.tensor());
    }

    private Optional<float[]> dequantized(OnnxNode node) {
        Optional<float[]> codes = node.input(0).flatMap(this::numbers);
        Optional<float[]> scales = node.input(1).flatMap(this::numbers);
        if (codes.isEmpty() || scales.isEmpty()) {
            return Optional.empty();
        }
        float[] zeros = node.input(2).flatMap(this::numbers).orElse(new float[scales.get().length]);
        long[] shape = shape(node.output()).orElseThrow();
        int axis = (int) Math.floorMod(node.number("axis", 1), (long) Math.max(1, shape.length));
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        float[] values = codes.get();
        for (int i = 0; i < values.length; i++) {
            int at = scales.get().length == 1 ? 0 : i / inner % scales.get().length;
            values[i] = (values[i] - zeros[zeros.length == 1 ? 0 : at]) * scales.get()[at];
        }
        return Optional.of(values);
    }
}
