package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.engine.onednn.network.Activation;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Weights;
import org.elasticvision.runtime.engine.onednn.network.Window;
import org.elasticvision.runtime.onnx.OnnxNode;

/** Layers with weights. */
final class WeightNodes {
    private final Reading reading;
    private final PoolingNodes pooling;

    WeightNodes(Reading reading, PoolingNodes pooling) {
        this.reading = reading;
        this.pooling = pooling;
    }

    void convolve(OnnxNode node) {
        Optional<Padding> before = reading.padding(node);
        Value input = before.map(Padding::image).orElseGet(() -> reading.value(node, 0));
        if (pooling.averages(node, input, before)) {
            return;
        }
        if (before.isPresent() && !before.get().isOfZeros()) {
            throw node.refusal("is given an image whose edge was repeated");
        }
        Weights weights = reading.constants().weights(node, 1);
        long[] shape = weights.shape();
        int groups = OnnxShapes.size(node, node.number("group", 1), 1);
        if (shape.length != 4
                || shape[1] * groups != input.channels()
                || shape[0] % groups != 0
                || shape[0] < 1
                || shape[0] > 1 << 20) {
            throw node.refusal("has weights of shape " + Arrays.toString(shape) + ", which do not fit "
                    + input.channels() + " channels in " + groups + " groups");
        }
        Window own = OnnxShapes.window(node, shape[2], shape[3]);
        Window window = before.map(padding -> padding.in(own)).orElse(own);
        if (window.leavesImage(input.height(), input.width())) {
            throw node.refusal("has kernels that see padding alone, or moves over padding by more than its kernel,"
                    + " which oneDNN does not do reliably");
        }
        float[] bias = bias(node, (int) shape[0]);
        Value output = reading.make(node, OnnxShapes.result(node, input, (int) shape[0], window));
        if (groups == input.channels()
                && output.hasShapeOf(input)
                && shape[2] * shape[3] == 1
                && !window.hasPadding()) {
            float[] shift = bias == null ? new float[input.channels()] : bias;
            reading.add(new Step.Normalization(input, weights.floats(), shift, Activation.NONE, output));
            return;
        }
        reading.add(new Step.Convolution(input, weights, bias, window, groups, List.of(), Activation.NONE, output));
    }

    /** Each channel for itself, as upsampling by learned or bilinear weights is. */
    void deconvolve(OnnxNode node) {
        Value input = reading.value(node, 0);
        Weights weights = reading.constants().weights(node, 1);
        long[] shape = weights.shape();
        long[] more = node.numbers("output_padding", 0, 0);
        if (shape.length != 4
                || shape[0] != input.channels()
                || shape[1] != 1
                || node.number("group", 1) != input.channels()
                || node.attributes().containsKey("output_shape")
                || input.isVector()
                || more.length != 2
                || more[0] != 0
                || more[1] != 0) {
            throw node.refusal("is not a transposed convolution of each channel for itself");
        }
        Window window = OnnxShapes.window(node, shape[2], shape[3]);
        Value output = reading.make(
                node,
                input.channels(),
                OnnxShapes.size(node, window.heightBefore(input.height()), 1),
                OnnxShapes.size(node, window.widthBefore(input.width()), 1));
        reading.add(new Step.Deconvolution(input, weights, bias(node, input.channels()), window, output));
    }

    private float[] bias(OnnxNode node, int outputs) {
        float[] bias = reading.constants().input(node, 2).orElse(null);
        if (bias != null && bias.length != outputs) {
            throw node.refusal("has " + bias.length + " biases for " + outputs + " channels");
        }
        return bias;
    }

    void multiply(OnnxNode node) {
        Value input = reading.value(node, 0);
        Weights weights = reading.constants().weights(node, 1);
        long[] shape = weights.shape();
        if (node.number("transA", 0) != 0
                || node.number("transB", 0) != 1
                || node.real("alpha", 1) != 1
                || node.real("beta", 1) != 1
                || shape.length != 2
                || !input.isVector()
                || shape[1] != input.channels()
                || shape[0] < 1) {
            throw node.refusal("is not a product of each image's channels with weights [outputs, inputs]");
        }
        Value output = reading.make(node, (int) shape[0]);
        reading.add(new Step.FullyConnected(input, weights, bias(node, (int) shape[0]), output));
    }

    void normalize(OnnxNode node) {
        Value input = reading.value(node, 0);
        float[][] parts = new float[4][];
        for (int i = 0; i < parts.length; i++) {
            int index = i + 1;
            parts[i] = reading.constants().input(node, index).orElseThrow(() -> node.refusal("has not all its inputs"));
            if (parts[i].length != input.channels()) {
                throw node.refusal("has " + parts[i].length + " numbers for " + input.channels() + " channels");
            }
        }
        if (node.number("training_mode", 0) != 0) {
            throw node.refusal("normalises by what it is given, as in training");
        }
        float epsilon = node.real("epsilon", 1e-5f);
        float[] scale = new float[input.channels()];
        float[] shift = new float[input.channels()];
        for (int i = 0; i < scale.length; i++) {
            double factor = parts[0][i] / Math.sqrt((double) parts[3][i] + epsilon);
            scale[i] = (float) factor;
            shift[i] = (float) (parts[1][i] - parts[2][i] * factor);
        }
        reading.add(new Step.Normalization(input, scale, shift, Activation.NONE, reading.make(node, input.shape())));
    }
}
