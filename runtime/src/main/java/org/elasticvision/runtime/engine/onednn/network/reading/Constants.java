package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.engine.onednn.network.Weights;
import org.elasticvision.runtime.onnx.OnnxAttribute;
import org.elasticvision.runtime.onnx.OnnxNode;
import org.elasticvision.runtime.onnx.OnnxTensor;
import org.elasticvision.runtime.onnx.OnnxType;

/** What does not depend on the image: tensors of the file, and what is worked out of them. For one thread. */
final class Constants {
    private static final long FLOAT = 1;
    private static final long INT32 = 6;

    /** As {@code onnx.proto} numbers them: float32, float16, bfloat16. */
    static final Set<Long> FLOATS = Set.of(FLOAT, 10L, 16L);

    /** Numbers that one number is repeated to: weights of poolings are few. */
    private static final long MOST_REPEATED = 1 << 24;

    private final Map<String, OnnxTensor> tensors;
    private final Map<String, Computed> computed = new HashMap<>();
    private final Map<String, Weights> quantized = new HashMap<>();

    /** What was worked out. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, if at all
    private record Computed(long[] shape, float[] values) {}

    Constants(Map<String, OnnxTensor> tensors) {
        this.tensors = new HashMap<>(tensors);
    }

    boolean has(String name) {
        return tensors.containsKey(name) || computed.containsKey(name) || quantized.containsKey(name);
    }

    /**
     * Works out a node all of whose inputs are constants.
     *
     * @return whether this was one
     */
    boolean take(OnnxNode node) {
        if (node.operator().equals("Constant")) {
            tensors.put(
                    node.output(),
                    Optional.ofNullable(node.attributes().get("value"))
                            .flatMap(OnnxAttribute::tensor)
                            .orElseThrow(() -> node.refusal("has no tensor")));
            return true;
        }
        if (node.input(0).isEmpty() || !node.inputs().stream().allMatch(input -> input.isEmpty() || has(input))) {
            return false;
        }
        switch (node.operator()) {
            case "DequantizeLinear" -> dequantize(node);
            case "Mul" -> multiply(node);
            case "Cast", "Identity" -> {
                String name = node.inputs().get(0);
                if (!FLOATS.contains(node.number("to", FLOAT)) && !isWiderWhole(node, name)) {
                    throw node.refusal("makes whole numbers of constants, which is not done here");
                }
                computed.put(node.output(), new Computed(shape(name), floats(name)));
            }
            case "Expand" -> expand(node);
            default -> throw node.refusal("has constants alone, which is not worked out here");
        }
        return true;
    }

    /** Whole numbers of 8 or 16 bits as such of 32: how our own files keep biases. */
    private boolean isWiderWhole(OnnxNode node, String name) {
        OnnxTensor tensor = tensors.get(name);
        return node.number("to", FLOAT) == INT32
                && tensor != null
                && (tensor.type() == OnnxType.INT8
                        || tensor.type() == OnnxType.INT16
                        || tensor.type() == OnnxType.INT32);
    }

    private void multiply(OnnxNode node) {
        String left = node.inputs().get(0);
        String right = second(node);
        float[] a = floats(left);
        float[] b = floats(right);
        if (a.length == 0 || b.length == 0) {
            throw node.refusal("multiplies constants of which one has no numbers");
        }
        boolean isByNumber = a.length == 1 || b.length == 1;
        if (!isByNumber && !Arrays.equals(withoutOnes(shape(left)), withoutOnes(shape(right)))) {
            throw node.refusal("multiplies constants of different shapes");
        }
        float[] values = new float[Math.max(a.length, b.length)];
        for (int i = 0; i < values.length; i++) {
            values[i] = a[a.length == 1 ? 0 : i] * b[b.length == 1 ? 0 : i];
        }
        computed.put(node.output(), new Computed(shape(a.length >= b.length ? left : right), values));
    }

    private static String second(OnnxNode node) {
        return node.input(1).orElseThrow(() -> node.refusal("has not all its inputs"));
    }

    /** Leading dimensions of 1 change nothing. */
    private static long[] withoutOnes(long... shape) {
        int from = 0;
        while (from < shape.length && shape[from] == 1) {
            from++;
        }
        return Arrays.copyOfRange(shape, from, shape.length);
    }

    /** Of a single number: what our own files make weights of average poolings of. */
    private void expand(OnnxNode node) {
        float[] values = floats(node.inputs().get(0));
        long[] shape = tensor(node, 1).numbers();
        long count = OnnxShapes.elements(node, shape);
        if ((values.length != 1 && values.length != count) || count > MOST_REPEATED) {
            throw node.refusal("repeats more than a single number, or too often");
        }
        float[] all = new float[(int) count];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[values.length == 1 ? 0 : i];
        }
        computed.put(node.output(), new Computed(shape, all));
    }

    private void dequantize(OnnxNode node) {
        float[] scales = floats(second(node));
        OnnxTensor codes = tensors.get(node.inputs().get(0));
        for (float scale : scales) {
            if (!Float.isFinite(scale)) {
                throw node.refusal("has a scale of " + scale);
            }
        }
        boolean symmetric = node.input(2).map(this::areZeros).orElse(true);
        if (codes != null
                && codes.type() == OnnxType.INT8
                && codes.shape().length > 1
                && symmetric
                && codes.elements() > 0) {
            int outputs = (int) codes.shape()[0];
            boolean perOutput = scales.length == outputs && node.number("axis", 1) == 0;
            if (perOutput || scales.length == 1) {
                float[] each = new float[outputs];
                for (int i = 0; i < outputs; i++) {
                    each[i] = scales[scales.length == 1 ? 0 : i];
                }
                quantized.put(node.output(), new Weights(new Weights.Stored(codes), Optional.of(each), null));
                return;
            }
        }
        float[] values = floats(node.inputs().get(0));
        if (!symmetric || (scales.length != 1 && !isEachItsOwn(node, values.length, scales.length))) {
            throw node.refusal("has weights with zero points or with scales of another axis than the first");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] *= scales[scales.length == 1 ? 0 : i];
        }
        computed.put(node.output(), new Computed(shape(node.inputs().get(0)), values));
    }

    /** Whether each number has a scale of its own, as biases have: there is no axis but that of the scales. */
    private boolean isEachItsOwn(OnnxNode node, int numbers, int scales) {
        long[] shape = shape(node.inputs().get(0));
        long axis = node.number("axis", 1);
        long counted = axis < 0 ? axis + shape.length : axis;
        boolean isThere = counted >= 0 && counted < shape.length;
        return isThere && shape[(int) counted] == scales && numbers == scales;
    }

    /** {@return the shape of a constant} */
    long[] shape(String name) {
        if (computed.containsKey(name)) {
            return computed.get(name).shape;
        }
        return quantized.containsKey(name)
                ? quantized.get(name).shape()
                : tensors.get(name).shape();
    }

    private boolean areZeros(String name) {
        for (float zero : floats(name)) {
            if (zero != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return the numbers of a constant, a new array} */
    float[] floats(String name) {
        if (computed.containsKey(name)) {
            return computed.get(name).values.clone();
        }
        return quantized.containsKey(name)
                ? quantized.get(name).floats()
                : tensors.get(name).floats();
    }

    /** {@return an input that must stand in the file} */
    OnnxTensor tensor(OnnxNode node, int index) {
        return node.input(index)
                .map(tensors::get)
                .orElseThrow(() -> node.refusal("needs a constant as its input " + index));
    }

    /** {@return the numbers of an input that must be a constant; empty where it is left out} */
    Optional<float[]> input(OnnxNode node, int index) {
        Optional<String> name = node.input(index);
        if (name.isPresent() && !has(name.get())) {
            throw node.refusal("needs a constant as its input " + index);
        }
        return name.map(this::floats);
    }

    /** {@return weights of a layer} */
    Weights weights(OnnxNode node, int index) {
        String name = node.input(index).orElseThrow(() -> node.refusal("has no weights"));
        if (quantized.containsKey(name)) {
            return quantized.get(name);
        }
        if (computed.containsKey(name)) {
            return new Weights(new Weights.Made(shape(name), floats(name)), Optional.empty(), null);
        }
        return new Weights(new Weights.Stored(tensor(node, index)), Optional.empty(), null);
    }

    /** {@return whether all numbers of an input are one and the same, and which} */
    Optional<Float> uniform(String name) {
        if (!computed.containsKey(name)) {
            return Optional.empty();
        }
        float[] values = computed.get(name).values;
        for (float value : values) {
            if (value != values[0]) {
                return Optional.empty();
            }
        }
        return values.length == 0 ? Optional.empty() : Optional.of(values[0]);
    }
}
