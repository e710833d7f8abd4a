package org.elasticvision.runtime.engine.onednn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxInput;
import org.elasticvision.runtime.onnx.OnnxNode;
import org.elasticvision.runtime.onnx.OnnxType;

/** Turns the nodes of a graph into steps, one by one. For one thread and one graph. */
final class NetworkReader {
    private static final float NEAR = 1e-6f;

    /** Values that oneDNN 3.11 joins at once; with more, running fails. */
    private static final int MOST_JOINED = 512;

    /** Weights of a resize between corners, old sizes times new ones: 256 MB. */
    private static final long MOST_CORNERS = 1 << 26;

    /** From here on a softmax is over one dimension; before, over all from that one on. */
    private static final int OPSET_OF_SOFTMAX = 13;

    private final OnnxGraph graph;
    private final Constants constants;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Value> codes = new HashMap<>();
    private final Map<String, Padding> padded = new HashMap<>();
    private final Map<String, Padding> paddedCodes = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** An image with pixels added, which only what comes next can make use of. */
    private record Padding(Value image, int top, int left, int bottom, int right, String mode) {}

    NetworkReader(OnnxGraph graph) {
        this.graph = graph;
        this.constants = new Constants(graph.constants());
    }

    Network read() {
        OnnxInput image = only("input", graph.inputs());
        OnnxInput answer = only("output", graph.outputs());
        Value input = new Value(image.name(), imageShape(image));
        values.put(image.name(), input);
        for (OnnxNode node : graph.nodes()) {
            node.inputs().forEach(name -> uses.merge(name, 1, Integer::sum));
        }
        uses.merge(answer.name(), 1, Integer::sum);
        Set<String> made = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            if (!made.add(node.output())) {
                throw node.refusal("makes '" + node.output() + "', which another node makes too");
            }
            if (node.output().equals(image.name()) || graph.constants().containsKey(node.output())) {
                throw node.refusal("makes '" + node.output() + "', which is an input or a constant of the model");
            }
            if (node.output().isEmpty()) {
                throw node.refusal("has no name for its output");
            }
            if (!node.domain().isEmpty()) {
                throw node.refusal("is of the domain " + node.domain() + ", not of ONNX itself");
            }
            if (!constants.take(node)) {
                if (node.input(0).isEmpty()) {
                    throw node.refusal("has no input");
                }
                take(node);
            }
        }
        Value output = values.get(answer.name());
        if (output == null || output == input) {
            throw new ModelException(
                    "the output '" + answer.name() + "' is not what the network computes from the image");
        }
        int batch = batch(image);
        for (Value value : List.of(input, output)) {
            if ((long) Math.max(batch, 1) * value.elements() > OnnxShapes.MOST_ELEMENTS) {
                throw new ModelException("'" + value.name() + "' is larger than 2 GB");
            }
        }
        return new Network(input, output, batch, steps);
    }

    private static OnnxInput only(String what, List<OnnxInput> all) {
        if (all.size() != 1 || !all.get(0).isFloat()) {
            throw new ModelException("the model has not one float32 " + what + " but " + all.size() + " " + what + "s "
                    + all.stream().map(OnnxInput::name).toList());
        }
        return all.get(0);
    }

    private static int[] imageShape(OnnxInput image) {
        long[] shape = image.shape();
        if (shape == null
                || shape.length != 4
                || shape[0] > OnnxShapes.MOST
                || Arrays.stream(shape).skip(1).anyMatch(length -> length < 1 || length > OnnxShapes.MOST)
                || shape[1] * shape[2] * shape[3] > OnnxShapes.MOST_ELEMENTS) {
            throw new ModelException("the input '" + image.name() + "' has the shape " + Arrays.toString(shape)
                    + ", which is not that of images [N, C, H, W] of a fixed size");
        }
        return new int[] {(int) shape[1], (int) shape[2], (int) shape[3]};
    }

    private static int batch(OnnxInput image) {
        long batch = image.shape()[0];
        return batch > 0 ? (int) batch : TensorShape.ANY;
    }

    private void take(OnnxNode node) {
        switch (node.operator()) {
            case "QuantizeLinear" -> quantize(node);
            case "DequantizeLinear" -> dequantize(node);
            case "Conv" -> convolve(node);
            case "ConvTranspose" -> deconvolve(node);
            case "Gemm" -> multiply(node);
            case "MaxPool" -> pool(node, Step.PoolingKind.MAXIMUM);
            case "AveragePool" -> pool(node, Step.PoolingKind.AVERAGE);
            case "GlobalAveragePool" -> poolAll(node);
            case "Resize" -> resize(node);
            case "Expand" -> spread(node);
            case "Pad" -> pad(node);
            case "Slice" -> crop(node);
            case "Concat" -> concatenate(node);
            case "Add" -> combine(node, Step.ArithmeticKind.ADD);
            case "Mul" -> combine(node, Step.ArithmeticKind.MULTIPLY);
            case "BatchNormalization" -> normalize(node);
            case "Relu" -> activate(node, Activation.RELU);
            case "Sigmoid" -> activate(node, Activation.SIGMOID);
            case "LogSoftmax" -> logSoftmax(node);
            case "Clip" -> clip(node);
            case "Flatten" -> flatten(node);
            case "Identity", "Dropout" -> rename(node);
            case "Cast" -> cast(node);
            default -> throw node.refusal("is an operator that this engine does not have");
        }
    }

    /** Whoever uses the old name uses the new one too. */
    private void rename(OnnxNode node) {
        values.put(node.output(), value(node, 0));
        uses.merge(node.output(), uses.get(node.inputs().get(0)) - 1, Integer::sum);
    }

    /** {@return an input that is not a constant} */
    private Value value(OnnxNode node, int index) {
        String name = node.input(index).orElse("");
        Value value = values.get(name);
        if (value == null) {
            throw node.refusal(
                    padded.containsKey(name)
                            ? "is given an image with pixels added, which is not done here"
                            : "has the input '" + name + "', which no node before it makes");
        }
        return value;
    }

    private Value make(OnnxNode node, int... shape) {
        OnnxShapes.elements(node, Arrays.stream(shape).asLongStream().toArray());
        Value value = new Value(node.output(), shape);
        values.put(node.output(), value);
        return value;
    }

    // quantize and dequantize

    private Quantization quantization(OnnxNode node) {
        float[] scale = constants.input(node, 1).orElseThrow(() -> node.refusal("has no scale"));
        String zeroName = node.input(2).orElse("");
        Optional<OnnxType> type = zeroName.isEmpty()
                ? Optional.empty()
                : Optional.of(constants.tensor(node, 2).type());
        boolean signed = type.equals(Optional.of(OnnxType.INT8));
        if ((!signed && type.orElse(OnnxType.UINT8) != OnnxType.UINT8)
                || (type.isEmpty() && node.number("output_dtype", 0) != 0)) {
            throw node.refusal("has codes that are not of type int8 or uint8, as its zero point says");
        }
        float[] zero = constants.input(node, 2).orElse(new float[1]);
        if (scale.length != 1 || zero.length != 1 || !(scale[0] > 0) || scale[0] > Float.MAX_VALUE) {
            throw node.refusal("does not have one scale above 0 and one zero point for all of an image");
        }
        return new Quantization(scale[0], (int) zero[0], signed);
    }

    /** A value that nobody wants as numbers is in codes from the start. */
    private void quantize(OnnxNode node) {
        Padding padding = padded.get(node.inputs().get(0));
        if (padding != null && padding.image.quantization().equals(Optional.of(quantization(node)))) {
            paddedCodes.put(node.output(), padding);
            return;
        }
        Value value = value(node, 0);
        Quantization how = quantization(node);
        if (uses.get(node.inputs().get(0)) == 1
                && value != values.get(graph.inputs().get(0).name())
                && value.quantization().isEmpty()) {
            value.quantize(how);
            codes.put(node.output(), value);
            return;
        }
        Value quantized = new Value(node.output(), value.shape());
        quantized.quantize(how);
        codes.put(node.output(), quantized);
        steps.add(new Step.Converting(value, quantized));
    }

    private void dequantize(OnnxNode node) {
        Padding padding = paddedCodes.get(node.inputs().get(0));
        if (padding != null) {
            padded.put(node.output(), padding);
            return;
        }
        Value value = codes.get(node.inputs().get(0));
        if (value == null) {
            throw node.refusal("is given something that was not quantized");
        }
        if (!value.quantization().equals(Optional.of(quantization(node)))) {
            throw node.refusal("has another scale or zero point than what quantized its input");
        }
        values.put(node.output(), value);
    }

    // layers with weights

    private void convolve(OnnxNode node) {
        Padding before = padded.get(node.inputs().get(0));
        Value input = before == null ? value(node, 0) : before.image;
        if (averages(node, input, before)) {
            return;
        }
        if (before != null && !before.mode.equals("constant")) {
            throw node.refusal("is given an image whose edge was repeated");
        }
        Weights weights = constants.weights(node, 1);
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
        Window window = padded(OnnxShapes.window(node, shape[2], shape[3]), before);
        if (window.leavesImage(input.height(), input.width())) {
            throw node.refusal("has kernels that see padding alone, or moves over padding by more than its kernel,"
                    + " which oneDNN does not do reliably");
        }
        float[] bias = bias(node, (int) shape[0]);
        Value output = make(node, OnnxShapes.result(node, input, (int) shape[0], window));
        if (groups == input.channels()
                && output.hasShapeOf(input)
                && shape[2] * shape[3] == 1
                && !window.hasPadding()) {
            float[] shift = bias == null ? new float[input.channels()] : bias;
            steps.add(new Step.Normalization(input, weights.floats(), shift, Activation.NONE, output));
            return;
        }
        steps.add(new Step.Convolution(input, weights, bias, window, groups, List.of(), Activation.NONE, output));
    }

    private static Window padded(Window window, Padding before) {
        return before == null ? window : window.withPadding(before.top, before.left, before.bottom, before.right);
    }

    /** Each channel for itself, as upsampling by learned or bilinear weights is. */
    private void deconvolve(OnnxNode node) {
        Value input = value(node, 0);
        Weights weights = constants.weights(node, 1);
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
        Value output = make(
                node,
                input.channels(),
                OnnxShapes.size(node, window.heightBefore(input.height()), 1),
                OnnxShapes.size(node, window.widthBefore(input.width()), 1));
        steps.add(new Step.Deconvolution(input, weights, bias(node, input.channels()), window, output));
    }

    /** Numbers of 16 bits are computed in what the plan computes in. */
    private void cast(OnnxNode node) {
        if (!Constants.FLOATS.contains(node.number("to", 1))) {
            throw node.refusal("makes something else than float32 or float16 of an image");
        }
        rename(node);
    }

    private float[] bias(OnnxNode node, int outputs) {
        float[] bias = constants.input(node, 2).orElse(null);
        if (bias != null && bias.length != outputs) {
            throw node.refusal("has " + bias.length + " biases for " + outputs + " channels");
        }
        return bias;
    }

    /** An average pooling written as a convolution of each channel with equal weights, as quantized files of ours have it. */
    private boolean averages(OnnxNode node, Value input, Padding before) {
        Optional<Float> weight = node.input(1).flatMap(constants::uniform);
        long[] kernel = node.numbers("kernel_shape");
        if (weight.isEmpty()
                || kernel.length != 2
                || node.number("group", 1) != input.channels()
                || node.input(2).isPresent()) {
            return false;
        }
        Window window = OnnxShapes.window(node, kernel);
        if (!Arrays.equals(
                constants.weights(node, 1).shape(),
                new long[] {input.channels(), 1, window.kernelHeight(), window.kernelWidth()})) {
            return false;
        }
        if (Math.abs(weight.get() * window.kernelHeight() * window.kernelWidth() - 1) > NEAR) {
            return false;
        }
        boolean repeats = before != null && before.mode.equals("edge");
        if (repeats && !isMeanOfInside(before, window)) {
            return false;
        }
        addPooling(
                node,
                input,
                repeats ? Step.PoolingKind.AVERAGE : Step.PoolingKind.AVERAGE_WITH_PADDING,
                padded(window, before));
        return true;
    }

    private void multiply(OnnxNode node) {
        Value input = value(node, 0);
        Weights weights = constants.weights(node, 1);
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
        Value output = make(node, (int) shape[0]);
        steps.add(new Step.FullyConnected(input, weights, bias(node, (int) shape[0]), output));
    }

    private void normalize(OnnxNode node) {
        Value input = value(node, 0);
        float[][] parts = new float[4][];
        for (int i = 0; i < parts.length; i++) {
            int index = i + 1;
            parts[i] = constants.input(node, index).orElseThrow(() -> node.refusal("has not all its inputs"));
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
        steps.add(new Step.Normalization(input, scale, shift, Activation.NONE, make(node, input.shape())));
    }

    // pooling, sizes

    private void pool(OnnxNode node, Step.PoolingKind kind) {
        boolean roundsUp = node.number("ceil_mode", 0) != 0;
        if ((roundsUp && kind != Step.PoolingKind.MAXIMUM) || node.outputs().size() > 1) {
            throw node.refusal("averages with its size rounded up, or gives indices, which is not done here");
        }
        Padding before = padded.get(node.inputs().get(0));
        Value input = before == null ? value(node, 0) : before.image;
        Window window = OnnxShapes.window(node, node.numbers("kernel_shape"));
        if (Math.max(window.top(), window.bottom()) >= window.kernelHeight()
                || Math.max(window.left(), window.right()) >= window.kernelWidth()) {
            throw node.refusal("pads by as much as its kernel, or more");
        }
        Step.PoolingKind counted =
                kind == Step.PoolingKind.AVERAGE && window.hasPadding() && node.number("count_include_pad", 0) == 1
                        ? Step.PoolingKind.AVERAGE_WITH_PADDING
                        : kind;
        if (before == null) {
            addPooling(node, input, counted, roundsUp ? window.roundedUp(input.height(), input.width()) : window);
            return;
        }
        if (kind == Step.PoolingKind.MAXIMUM || window.hasPadding()) {
            throw node.refusal("is given an image with pixels added, which is not done here");
        }
        Window all = padded(window, before);
        if (before.mode.equals("constant")) {
            addPooling(node, input, Step.PoolingKind.AVERAGE_WITH_PADDING, all);
        } else if (isMeanOfInside(before, window)) {
            addPooling(node, input, Step.PoolingKind.AVERAGE, all);
        } else {
            throw node.refusal(
                    "averages an image whose edge was repeated by more than its kernel of 2 by 2 pixels shows");
        }
    }

    /** A repeated edge pixel beside the edge pixel itself: their mean is the mean of what is inside. */
    private static boolean isMeanOfInside(Padding before, Window window) {
        return !window.hasPadding()
                && window.kernelHeight() == 2
                && window.kernelWidth() == 2
                && window.dilationHeight() == 1
                && window.dilationWidth() == 1
                && Math.max(Math.max(before.top, before.left), Math.max(before.bottom, before.right)) <= 1;
    }

    private void poolAll(OnnxNode node) {
        Value input = value(node, 0);
        addPooling(
                node,
                input,
                Step.PoolingKind.AVERAGE,
                new Window(input.height(), input.width(), 1, 1, 1, 1, 0, 0, 0, 0));
    }

    private void addPooling(OnnxNode node, Value input, Step.PoolingKind kind, Window window) {
        Value output = make(node, OnnxShapes.result(node, input, input.channels(), window));
        steps.add(new Step.Pooling(input, kind, window, output));
    }

    private void resize(OnnxNode node) {
        Value input = value(node, 0);
        String centres = node.text("coordinate_transformation_mode", "half_pixel");
        boolean aligned = centres.equals("align_corners");
        if (input.isVector()
                || !node.text("mode", "nearest").equals("linear")
                || node.number("antialias", 0) != 0
                || !node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")
                || !(aligned || centres.equals("half_pixel") || centres.equals("pytorch_half_pixel"))) {
            throw node.refusal("resizes otherwise than bilinearly between the centres of pixels, or of corner pixels");
        }
        int[] size = node.input(3).isPresent() ? size(node, input) : scaled(node, input);
        if (centres.equals("pytorch_half_pixel")
                && ((size[0] == 1 && input.height() > 1) || (size[1] == 1 && input.width() > 1))) {
            throw node.refusal("resizes to a height or width of 1 as PyTorch once did");
        }
        if (aligned && Math.max((long) input.height() * size[0], (long) input.width() * size[1]) > MOST_CORNERS) {
            throw node.refusal("resizes " + input.height() + "x" + input.width() + " pixels between corners to "
                    + size[0] + "x" + size[1] + ", which takes too many weights");
        }
        Value output = make(node, input.channels(), size[0], size[1]);
        boolean isOnePixel = input.height() == 1 && input.width() == 1;
        steps.add(aligned && !isOnePixel ? new Step.CornerResizing(input, output) : new Step.Resizing(input, output));
    }

    /** One pixel all over an image, which is how it is resized too. */
    private void spread(OnnxNode node) {
        Value input = value(node, 0);
        long[] shape = constants.tensor(node, 1).numbers();
        if (input.isVector()
                || input.height() * input.width() != 1
                || shape.length != 4
                || shape[0] != 1
                || (shape[1] != 1 && shape[1] != input.channels())) {
            throw node.refusal("repeats something else than one pixel all over an image");
        }
        Value output =
                make(node, input.channels(), OnnxShapes.size(node, shape[2], 1), OnnxShapes.size(node, shape[3], 1));
        steps.add(new Step.Resizing(input, output));
    }

    private int[] size(OnnxNode node, Value input) {
        long[] sizes = constants.tensor(node, 3).numbers();
        long[] axes = node.numbers("axes");
        if (sizes.length == 4 && axes.length == 0 && sizes[1] == input.channels()) {
            return new int[] {OnnxShapes.size(node, sizes[2], 1), OnnxShapes.size(node, sizes[3], 1)};
        }
        if (sizes.length == 2 && Arrays.equals(axes, new long[] {2, 3})) {
            return new int[] {OnnxShapes.size(node, sizes[0], 1), OnnxShapes.size(node, sizes[1], 1)};
        }
        throw node.refusal("resizes other dimensions than height and width");
    }

    private int[] scaled(OnnxNode node, Value input) {
        float[] scales = constants.input(node, 2).orElseThrow(() -> node.refusal("has neither sizes nor scales"));
        long[] axes = node.numbers("axes");
        if (scales.length == 2 && Arrays.equals(axes, new long[] {2, 3})) {
            scales = new float[] {1, 1, scales[0], scales[1]};
        }
        if (scales.length != 4 || scales[0] != 1 || scales[1] != 1) {
            throw node.refusal("resizes other dimensions than height and width");
        }
        float height = input.height() * scales[2];
        float width = input.width() * scales[3];
        if (height != Math.rint(height) || width != Math.rint(width)) {
            throw node.refusal("resizes to a part of a pixel");
        }
        return new int[] {OnnxShapes.size(node, (long) height, 1), OnnxShapes.size(node, (long) width, 1)};
    }

    private void pad(OnnxNode node) {
        String mode = node.text("mode", "constant");
        long[] pads = constants.tensor(node, 1).numbers();
        boolean isZero = constants
                .input(node, 2)
                .map(value -> value.length == 1 && value[0] == 0)
                .orElse(true);
        if (pads.length != 8
                || pads[0] != 0
                || pads[1] != 0
                || pads[4] != 0
                || pads[5] != 0
                || !isZero
                || !(mode.equals("constant") || mode.equals("edge"))
                || node.input(3).isPresent()) {
            throw node.refusal("adds something else than zeros or edge pixels around an image");
        }
        padded.put(
                node.output(),
                new Padding(
                        value(node, 0),
                        OnnxShapes.size(node, pads[2], 0),
                        OnnxShapes.size(node, pads[3], 0),
                        OnnxShapes.size(node, pads[6], 0),
                        OnnxShapes.size(node, pads[7], 0),
                        mode));
    }

    private void crop(OnnxNode node) {
        Value input = value(node, 0);
        long[] starts = constants.tensor(node, 1).numbers();
        long[] ends = constants.tensor(node, 2).numbers();
        long[] axes = node.input(3).isPresent() ? constants.tensor(node, 3).numbers() : new long[0];
        boolean steps1 = constants
                .input(node, 4)
                .map(all -> all.length == 2 && all[0] == 1 && all[1] == 1)
                .orElse(true);
        if (input.isVector()
                || !Arrays.equals(starts, new long[] {0, 0})
                || !Arrays.equals(axes, new long[] {2, 3})
                || ends.length != 2
                || Math.min(ends[0], ends[1]) < 1
                || !steps1) {
            throw node.refusal("takes another part of an image than its upper left");
        }
        int height = (int) Math.min(ends[0], input.height());
        int width = (int) Math.min(ends[1], input.width());
        steps.add(new Step.Cropping(input, make(node, input.channels(), height, width)));
    }

    private void flatten(OnnxNode node) {
        Value input = value(node, 0);
        if (node.number("axis", 1) != 1) {
            throw node.refusal("joins images of a batch");
        }
        if (input.isVector()) {
            values.put(node.output(), input);
        } else if (input.height() == 1 && input.width() == 1) {
            Value output = make(node, input.channels());
            steps.add(new Step.Flattening(input, output));
        } else {
            throw node.refusal("is given an image of more than one pixel");
        }
    }

    // several values, activations

    private void concatenate(OnnxNode node) {
        if (node.number("axis", 0) != 1) {
            throw node.refusal("joins something else than channels");
        }
        if (node.inputs().size() > MOST_JOINED) {
            throw node.refusal("joins " + node.inputs().size() + " values, more than " + MOST_JOINED);
        }
        List<Value> inputs = new ArrayList<>();
        int channels = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = value(node, i);
            if (input.height() != value(node, 0).height()
                    || input.width() != value(node, 0).width()
                    || input.isVector()) {
                throw node.refusal("joins images of different sizes");
            }
            inputs.add(input);
            channels = OnnxShapes.size(node, (long) channels + input.channels(), 1);
        }
        Value output =
                make(node, channels, inputs.get(0).height(), inputs.get(0).width());
        steps.add(new Step.Concatenation(inputs, output));
    }

    private void combine(OnnxNode node, Step.ArithmeticKind kind) {
        for (int constant = 0; constant < 2; constant++) {
            String name = node.input(constant).orElse("");
            if (constants.has(name)) {
                scaleOrShift(node, kind, value(node, 1 - constant), name);
                return;
            }
        }
        Value left = value(node, 0);
        Value right = value(node, 1);
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
        steps.add(new Step.Arithmetic(large, small, kind, Activation.NONE, make(node, large.shape())));
    }

    /** Each channel times a number, or plus one. */
    private void scaleOrShift(OnnxNode node, Step.ArithmeticKind kind, Value input, String constant) {
        long[] shape = constants.shape(constant);
        int channels = input.channels();
        long after = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        boolean isPerChannel =
                after == channels && shape.length >= 3 && shape.length <= 4 && shape[shape.length - 3] == channels;
        boolean isForAll = after == 1 && shape.length <= 4;
        if (input.isVector() || !(isPerChannel || isForAll)) {
            throw node.refusal("has a constant of the shape " + Arrays.toString(shape)
                    + ", not one number, or one per channel of an image");
        }
        float[] numbers = constants.floats(constant);
        if (!isPerChannel) {
            float number = numbers[0];
            numbers = new float[channels];
            Arrays.fill(numbers, number);
        }
        float[] others = new float[channels];
        boolean isProduct = kind == Step.ArithmeticKind.MULTIPLY;
        Arrays.fill(others, isProduct ? 0 : 1);
        steps.add(new Step.Normalization(
                input,
                isProduct ? numbers : others,
                isProduct ? others : numbers,
                Activation.NONE,
                make(node, input.shape())));
    }

    private void logSoftmax(OnnxNode node) {
        Value input = value(node, 0);
        if (node.number("axis", -1) != 1) {
            throw node.refusal("is not over the channels");
        }
        if (graph.opset() < OPSET_OF_SOFTMAX && input.elements() != input.channels()) {
            throw node.refusal("is over channels and pixels together, as it is in opset " + graph.opset());
        }
        steps.add(new Step.LogSoftmax(input, make(node, input.shape())));
    }

    private void activate(OnnxNode node, Activation activation) {
        Value input = value(node, 0);
        steps.add(new Step.Activating(input, activation, make(node, input.shape())));
    }

    private void clip(OnnxNode node) {
        float[] least = constants.input(node, 1).orElse(new float[0]);
        float[] most = constants.input(node, 2).orElse(new float[] {Float.MAX_VALUE});
        if (least.length != 1 || least[0] != 0 || most.length != 1 || most[0] < Float.MAX_VALUE) {
            throw node.refusal("clips otherwise than below 0");
        }
        activate(node, Activation.RELU);
    }
}
