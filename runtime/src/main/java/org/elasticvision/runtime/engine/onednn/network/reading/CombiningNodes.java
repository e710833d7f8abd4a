package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.engine.onednn.network.Activation;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.onnx.OnnxNode;

/** Several values that become one, and activations. */
final class CombiningNodes {
    /** Values that oneDNN 3.11 joins at once; with more, running fails. */
    private static final int MOST_JOINED = 512;

    /** From here on a softmax is over one dimension; before, over all from that one on. */
    private static final int OPSET_OF_SOFTMAX = 13;

    private final Reading reading;

    CombiningNodes(Reading reading) {
        this.reading = reading;
    }

    void concatenate(OnnxNode node) {
        if (node.number("axis", 0) != 1) {
            throw node.refusal("joins something else than channels");
        }
        if (node.inputs().size() > MOST_JOINED) {
            throw node.refusal("joins " + node.inputs().size() + " values, more than " + MOST_JOINED);
        }
        List<Value> inputs = new ArrayList<>();
        int channels = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = reading.value(node, i);
            if (input.height() != reading.value(node, 0).height()
                    || input.width() != reading.value(node, 0).width()
                    || input.isVector()) {
                throw node.refusal("joins images of different sizes");
            }
            inputs.add(input);
            channels = OnnxShapes.size(node, (long) channels + input.channels(), 1);
        }
        Value output = reading.make(
                node, channels, inputs.get(0).height(), inputs.get(0).width());
        reading.add(new Step.Concatenation(inputs, output));
    }

    void combine(OnnxNode node, Step.ArithmeticKind kind) {
        for (int constant = 0; constant < 2; constant++) {
            String name = node.input(constant).orElse("");
            if (reading.constants().has(name)) {
                scaleOrShift(node, kind, reading.value(node, 1 - constant), name);
                return;
            }
        }
        Value left = reading.value(node, 0);
        Value right = reading.value(node, 1);
        boolean swap = left.elements() < right.elements(); // sums and products are the same either way round
        Value large = swap ? right : left;
        Value small = swap ? left : right;
        boolean perChannel = !small.isVector()
                && !large.isVector()
                && small.channels() == large.channels()
                && small.height() == 1
                && small.width() == 1;
        if (!small.hasShapeOf(large) && !perChannel) {
            throw node.refusal("has inputs of different shapes, " + left + " and " + right);
        }
        reading.add(new Step.Arithmetic(large, small, kind, Activation.NONE, reading.make(node, large.shape())));
    }

    /** Each channel times a number, or plus one. */
    private void scaleOrShift(OnnxNode node, Step.ArithmeticKind kind, Value input, String constant) {
        long[] shape = reading.constants().shape(constant);
        int channels = input.channels();
        long after = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        boolean isPerChannel =
                after == channels && shape.length >= 3 && shape.length <= 4 && shape[shape.length - 3] == channels;
        boolean isForAll = after == 1 && shape.length <= 4;
        if (input.isVector() || !(isPerChannel || isForAll)) {
            throw node.refusal("has a constant of the shape " + Arrays.toString(shape)
                    + ", not one number, or one per channel of an image");
        }
        float[] numbers = reading.constants().floats(constant);
        if (!isPerChannel) {
            float number = numbers[0];
            numbers = new float[channels];
            Arrays.fill(numbers, number);
        }
        float[] others = new float[channels];
        boolean isProduct = kind == Step.ArithmeticKind.MULTIPLY;
        Arrays.fill(others, isProduct ? 0 : 1);
        reading.add(new Step.Normalization(
                input,
                isProduct ? numbers : others,
                isProduct ? others : numbers,
                Activation.NONE,
                reading.make(node, input.shape())));
    }

    void logSoftmax(OnnxNode node) {
        Value input = reading.value(node, 0);
        if (node.number("axis", -1) != 1) {
            throw node.refusal("is not over the channels");
        }
        if (reading.graph().opset() < OPSET_OF_SOFTMAX && input.elements() != input.channels()) {
            throw node.refusal("is over channels and pixels together, as it is in opset "
                    + reading.graph().opset());
        }
        reading.add(new Step.LogSoftmax(input, reading.make(node, input.shape())));
    }

    void activate(OnnxNode node, Activation activation) {
        Value input = reading.value(node, 0);
        reading.add(new Step.Activating(input, activation, reading.make(node, input.shape())));
    }

    void clip(OnnxNode node) {
        float[] least = reading.constants().input(node, 1).orElse(new float[0]);
        float[] most = reading.constants().input(node, 2).orElse(new float[] {Float.MAX_VALUE});
        if (least.length != 1 || least[0] != 0 || most.length != 1 || most[0] < Float.MAX_VALUE) {
            throw node.refusal("clips otherwise than below 0");
        }
        activate(node, Activation.RELU);
    }
}
