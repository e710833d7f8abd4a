package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Arrays;
import java.util.Optional;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.engine.onednn.network.Window;
import org.elasticvision.runtime.onnx.OnnxNode;

/** Poolings, those that are written as convolutions too. */
final class PoolingNodes {
    private static final float NEAR = 1e-6f;

    private final Reading reading;

    PoolingNodes(Reading reading) {
        this.reading = reading;
    }

    void pool(OnnxNode node, Step.PoolingKind kind) {
        boolean roundsUp = node.number("ceil_mode", 0) != 0;
        if ((roundsUp && kind != Step.PoolingKind.MAXIMUM) || node.outputs().size() > 1) {
            throw node.refusal("averages with its size rounded up, or gives indices, which is not done here");
        }
        Optional<Padding> padding = reading.padding(node);
        Value input = padding.map(Padding::image).orElseGet(() -> reading.value(node, 0));
        Window window = OnnxShapes.window(node, node.numbers("kernel_shape"));
        if (Math.max(window.top(), window.bottom()) >= window.kernelHeight()
                || Math.max(window.left(), window.right()) >= window.kernelWidth()) {
            throw node.refusal("pads by as much as its kernel, or more");
        }
        Step.PoolingKind counted =
                kind == Step.PoolingKind.AVERAGE && window.hasPadding() && node.number("count_include_pad", 0) == 1
                        ? Step.PoolingKind.AVERAGE_WITH_PADDING
                        : kind;
        if (padding.isEmpty()) {
            addPooling(node, input, counted, roundsUp ? window.roundedUp(input.height(), input.width()) : window);
            return;
        }
        if (kind == Step.PoolingKind.MAXIMUM || window.hasPadding()) {
            throw node.refusal("is given an image with pixels added, which is not done here");
        }
        Padding before = padding.get();
        Window all = before.in(window);
        if (before.isOfZeros()) {
            addPooling(node, input, Step.PoolingKind.AVERAGE_WITH_PADDING, all);
        } else if (before.isMeanOfInside(window)) {
            addPooling(node, input, Step.PoolingKind.AVERAGE, all);
        } else {
            throw node.refusal(
                    "averages an image whose edge was repeated by more than its kernel of 2 by 2 pixels shows");
        }
    }

    void poolAll(OnnxNode node) {
        Value input = reading.value(node, 0);
        addPooling(
                node,
                input,
                Step.PoolingKind.AVERAGE,
                new Window(input.height(), input.width(), 1, 1, 1, 1, 0, 0, 0, 0));
    }

    /** An average pooling written as a convolution of each channel with equal weights, as quantized files of ours have it. */
    boolean averages(OnnxNode node, Value input, Optional<Padding> before) {
        Optional<Float> weight = node.input(1).flatMap(reading.constants()::uniform);
        long[] kernel = node.numbers("kernel_shape");
        if (weight.isEmpty()
                || kernel.length != 2
                || node.number("group", 1) != input.channels()
                || node.input(2).isPresent()) {
            return false;
        }
        Window window = OnnxShapes.window(node, kernel);
        if (!Arrays.equals(
                reading.constants().weights(node, 1).shape(),
                new long[] {input.channels(), 1, window.kernelHeight(), window.kernelWidth()})) {
            return false;
        }
        if (Math.abs(weight.get() * window.kernelHeight() * window.kernelWidth() - 1) > NEAR) {
            return false;
        }
        boolean repeats = before.isPresent() && before.get().repeatsEdge();
        if (repeats && !before.get().isMeanOfInside(window)) {
            return false;
        }
        addPooling(
                node,
                input,
                repeats ? Step.PoolingKind.AVERAGE : Step.PoolingKind.AVERAGE_WITH_PADDING,
                before.map(padding -> padding.in(window)).orElse(window));
        return true;
    }

    private void addPooling(OnnxNode node, Value input, Step.PoolingKind kind, Window window) {
        Value output = reading.make(node, OnnxShapes.result(node, input, input.channels(), window));
        reading.add(new Step.Pooling(input, kind, window, output));
    }
}
