package org.elasticvision.runtime.engine.onednn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Lets 8-bit codes flow through steps that cannot change what codes stand for, such as poolings: what they make gets the scale of what
 * they are given, and numbers stand in between only where that is not possible. For one thread and one network.
 */
final class CodeFlow {
    private final Network network;
    private final IdentityHashMap<Value, Step> makers = new IdentityHashMap<>();
    private final IdentityHashMap<Value, List<Step>> users = new IdentityHashMap<>();
    private final IdentityHashMap<Value, List<Value>> converted = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Parts> joined = new IdentityHashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /**
     * A concatenation whose parts keep their codes, whatever these stand for.
     *
     * @param codes as if they were the numbers themselves
     * @param each how the codes of each channel stand for numbers
     */
    private record Parts(Value codes, List<Quantization> each) {}

    private CodeFlow(Network network) {
        this.network = network;
        for (Step step : network.steps()) {
            makers.put(step.output(), step);
            step.inputs().forEach(input -> users.computeIfAbsent(input, value -> new ArrayList<>())
                    .add(step));
        }
    }

    static Network of(Network network) {
        return new CodeFlow(network).follow();
    }

    private Network follow() {
        // First what concatenations want of what makes their inputs, which comes before them.
        for (Step step : network.steps()) {
            if (step instanceof Step.Concatenation all) {
                all.output().quantization().ifPresent(how -> all.inputs().forEach(input -> ask(input, how)));
            }
        }
        for (Step step : network.steps()) {
            follow(step);
        }
        return new Network(network.input(), network.output(), network.batch(), steps);
    }

    /** Gives a value the quantization that all concatenations with it have, where what makes it can do that. */
    private void ask(Value input, Quantization how) {
        Step maker = makers.get(input);
        boolean can = maker instanceof Step.Convolution || maker instanceof Step.Converting;
        boolean all = users.get(input).stream()
                .allMatch(user -> user instanceof Step.Concatenation
                        && user.output().quantization().equals(Optional.of(how)));
        if (can && all && input.quantization().isPresent()) {
            input.quantize(how);
        }
    }

    private void follow(Step step) {
        if (step instanceof Step.Pooling pooling
                && (pooling.output().elements() == pooling.output().channels() || countsZeros(pooling))) {
            Value numbers = as(pooling.input(), null);
            around(pooling.output(), output -> new Step.Pooling(numbers, pooling.kind(), pooling.window(), output));
        } else if (step instanceof Step.Pooling
                || step instanceof Step.Resizing
                || step instanceof Step.Cropping
                || step instanceof Step.Flattening) {
            keep(step);
        } else if (step instanceof Step.Concatenation all && partsCanDiffer(all)) {
            join(all);
        } else if (step instanceof Step.Normalization normal && joined.containsKey(normal.input())) {
            normalize(normal, joined.get(normal.input()));
        } else if (step instanceof Step.Concatenation all) {
            Quantization how = all.output().quantization().orElse(null);
            steps.add(new Step.Concatenation(
                    all.inputs().stream().map(input -> as(input, how)).toList(), all.output()));
        } else if (step instanceof Step.CornerResizing resizing) {
            Value numbers = as(resizing.input(), null);
            around(resizing.output(), output -> new Step.CornerResizing(numbers, output));
        } else if (step instanceof Step.Deconvolution up) {
            Value numbers = as(up.input(), null);
            around(
                    up.output(),
                    output -> new Step.Deconvolution(numbers, up.weights(), up.bias(), up.window(), output));
        } else if (step instanceof Step.LogSoftmax softmax) {
            Value numbers = as(softmax.input(), null);
            around(softmax.output(), output -> new Step.LogSoftmax(numbers, output));
        } else if (step instanceof Step.Activating activating) {
            Value numbers = as(activating.input(), null);
            around(activating.output(), output -> new Step.Activating(numbers, activating.activation(), output));
        } else if (step instanceof Step.Normalization normal && !isInCodes(normal)) {
            Value numbers = as(normal.input(), null);
            around(
                    normal.output(),
                    output -> new Step.Normalization(
                            numbers, normal.scale(), normal.shift(), normal.activation(), output));
        } else if (step instanceof Step.Arithmetic sum && !(sum.kind() == Step.ArithmeticKind.ADD && isInCodes(sum))) {
            Value left = as(sum.left(), null);
            Value right = as(sum.right(), null);
            around(sum.output(), output -> new Step.Arithmetic(left, right, sum.kind(), sum.activation(), output));
        } else if (step instanceof Step.Convolution convolution && !isInCodes(convolution)) {
            Value numbers = as(convolution.input(), null);
            List<Value> added =
                    convolution.added().stream().map(value -> as(value, null)).toList();
            around(
                    convolution.output(),
                    output -> new Step.Convolution(
                            numbers,
                            convolution.weights(),
                            convolution.bias(),
                            convolution.window(),
                            convolution.groups(),
                            added,
                            convolution.activation(),
                            output));
        } else if (step instanceof Step.FullyConnected product && !isInCodes(product)) {
            Value numbers = as(product.input(), null);
            around(
                    product.output(),
                    output -> new Step.FullyConnected(numbers, product.weights(), product.bias(), output));
        } else {
            steps.add(step);
        }
    }

    /** Whether all that use it have a factor and a summand for each channel anyway, which can stand for other scales too. */
    private boolean partsCanDiffer(Step.Concatenation all) {
        Optional<Quantization> first = all.inputs().get(0).quantization();
        return first.isPresent()
                && all.output() != network.output()
                && all.inputs().stream()
                        .allMatch(input ->
                                input.quantization().map(Quantization::signed).equals(first.map(Quantization::signed)))
                && users.get(all.output()).stream()
                        .allMatch(user -> user instanceof Step.Normalization && isInCodes(user));
    }

    private void join(Step.Concatenation all) {
        List<Quantization> each = new ArrayList<>();
        for (Value input : all.inputs()) {
            each.addAll(
                    Collections.nCopies(input.channels(), input.quantization().orElseThrow()));
        }
        Value codes = new Value(all.output().name(), all.output().shape());
        codes.quantize(new Quantization(1, 0, each.get(0).signed()));
        joined.put(all.output(), new Parts(codes, each));
        steps.add(new Step.Concatenation(all.inputs(), codes));
    }

    private void normalize(Step.Normalization normal, Parts parts) {
        float[] scale = normal.scale().clone();
        float[] shift = normal.shift().clone();
        for (int i = 0; i < scale.length; i++) {
            Quantization how = parts.each.get(i);
            scale[i] *= how.scale();
            shift[i] -= scale[i] * how.zero();
        }
        steps.add(new Step.Normalization(parts.codes, scale, shift, normal.activation(), normal.output()));
    }

    /** Padding is zeros, whose code may be another. */
    private static boolean countsZeros(Step.Pooling pooling) {
        return pooling.kind() == Step.PoolingKind.AVERAGE_WITH_PADDING
                && pooling.window().hasPadding()
                && pooling.input().quantization().map(how -> how.zero() != 0).orElse(false);
    }

    private static boolean isInCodes(Step step) {
        return step.output().quantization().isPresent()
                && step.inputs().stream().allMatch(input -> input.quantization().isPresent());
    }

    private static boolean isInCodes(Step.Convolution convolution) {
        return convolution.weights().isQuantized()
                && convolution.input().quantization().isPresent();
    }

    private static boolean isInCodes(Step.FullyConnected product) {
        return product.weights().isQuantized() && product.input().quantization().isPresent();
    }

    /** What this step makes has the quantization of what it is given. */
    private void keep(Step step) {
        Value input = step.inputs().get(0);
        Value output = step.output();
        if (input.quantization().isPresent() && output.quantization().isEmpty() && output == network.output()) {
            around(step, as(input, null), output);
            return;
        }
        if (input.quantization().isEmpty() && output.quantization().isPresent()) {
            Value numbers = new Value(output.name(), output.shape());
            around(step, input, numbers);
            steps.add(new Step.Converting(numbers, output));
            return;
        }
        output.quantize(input.quantization().orElse(null));
        steps.add(step);
    }

    private void around(Step step, Value input, Value output) {
        if (step instanceof Step.Pooling pooling) {
            steps.add(new Step.Pooling(input, pooling.kind(), pooling.window(), output));
        } else if (step instanceof Step.Resizing) {
            steps.add(new Step.Resizing(input, output));
        } else if (step instanceof Step.Cropping) {
            steps.add(new Step.Cropping(input, output));
        } else {
            steps.add(new Step.Flattening(input, output));
        }
    }

    /** A step that computes with numbers. */
    private interface Maker {
        Step make(Value output);
    }

    /** Adds a step that makes numbers, and behind it what turns these into the codes that are wanted. */
    private void around(Value output, Maker maker) {
        if (output.quantization().isEmpty()) {
            steps.add(maker.make(output));
            return;
        }
        Value numbers = new Value(output.name(), output.shape());
        steps.add(maker.make(numbers));
        steps.add(new Step.Converting(numbers, output));
    }

    /** {@return a value with this quantization, or as numbers for null: itself, or what it is converted to} */
    private Value as(Value value, Quantization how) {
        if (value.quantization().equals(Optional.ofNullable(how))) {
            return value;
        }
        List<Value> forms = converted.computeIfAbsent(value, one -> new ArrayList<>());
        for (Value form : forms) {
            if (form.quantization().equals(Optional.ofNullable(how))) {
                return form;
            }
        }
        Value form = new Value(value.name(), value.shape());
        form.quantize(how);
        forms.add(form);
        steps.add(new Step.Converting(value, form));
        return form;
    }
}
