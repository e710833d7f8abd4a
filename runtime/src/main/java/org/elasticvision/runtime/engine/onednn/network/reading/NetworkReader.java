package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.TensorShape;
import org.elasticvision.runtime.engine.onednn.network.Activation;
import org.elasticvision.runtime.engine.onednn.network.Network;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxInput;
import org.elasticvision.runtime.onnx.OnnxNode;

/** Turns the nodes of a graph into steps, one by one. For one thread and one graph. */
public final class NetworkReader {
    private final OnnxGraph graph;
    private final OnnxInput image;
    private final OnnxInput answer;
    private final Value input;
    private final Reading reading;
    private final CodeNodes codes;
    private final WeightNodes weights;
    private final PoolingNodes pooling;
    private final SizeNodes sizes;
    private final CombiningNodes combining;

    private NetworkReader(OnnxGraph graph) {
        this.graph = graph;
        image = only("input", graph.inputs());
        answer = only("output", graph.outputs());
        input = new Value(image.name(), imageShape(image));
        reading = new Reading(graph, answer, input);
        codes = new CodeNodes(reading);
        pooling = new PoolingNodes(reading);
        weights = new WeightNodes(reading, pooling);
        sizes = new SizeNodes(reading);
        combining = new CombiningNodes(reading);
    }

    /**
     * Makes steps of a graph.
     *
     * @param graph of a file
     * @return the steps, as few as possible
     * @throws ModelException where it has an operator, or a use of one, that is not known here: then it says which
     */
    public static Network read(OnnxGraph graph) {
        return new NetworkReader(graph).read().optimized();
    }

    private Network read() {
        Set<String> made = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            check(node, made);
            if (!reading.constants().take(node)) {
                if (node.input(0).isEmpty()) {
                    throw node.refusal("has no input");
                }
                take(node);
            }
        }
        Value output = reading.named(answer.name())
                .filter(value -> value != input)
                .orElseThrow(() -> new ModelException(
                        "the output '" + answer.name() + "' is not what the network computes from the image"));
        int batch = batch(image);
        for (Value value : List.of(input, output)) {
            if ((long) Math.max(batch, 1) * value.elements() > OnnxShapes.MOST_ELEMENTS) {
                throw new ModelException("'" + value.name() + "' is larger than 2 GB");
            }
        }
        return new Network(input, output, batch, reading.steps());
    }

    private void check(OnnxNode node, Set<String> made) {
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
            case "QuantizeLinear" -> codes.quantize(node);
            case "DequantizeLinear" -> codes.dequantize(node);
            case "Conv" -> weights.convolve(node);
            case "ConvTranspose" -> weights.deconvolve(node);
            case "Gemm" -> weights.multiply(node);
            case "MaxPool" -> pooling.pool(node, Step.PoolingKind.MAXIMUM);
            case "AveragePool" -> pooling.pool(node, Step.PoolingKind.AVERAGE);
            case "GlobalAveragePool" -> pooling.poolAll(node);
            case "Resize" -> sizes.resize(node);
            case "Expand" -> sizes.spread(node);
            case "Pad" -> sizes.pad(node);
            case "Slice" -> sizes.crop(node);
            case "Concat" -> combining.concatenate(node);
            case "Add" -> combining.combine(node, Step.ArithmeticKind.ADD);
            case "Mul" -> combining.combine(node, Step.ArithmeticKind.MULTIPLY);
            case "BatchNormalization" -> weights.normalize(node);
            case "Relu" -> combining.activate(node, Activation.RELU);
            case "Sigmoid" -> combining.activate(node, Activation.SIGMOID);
            case "LogSoftmax" -> combining.logSoftmax(node);
            case "Clip" -> combining.clip(node);
            case "Flatten" -> sizes.flatten(node);
            case "Identity", "Dropout" -> reading.rename(node);
            case "Cast" -> cast(node);
            default -> throw node.refusal("is an operator that this engine does not have");
        }
    }

    /** Numbers of 16 bits are computed in what the plan computes in. */
    private void cast(OnnxNode node) {
        if (!Constants.FLOATS.contains(node.number("to", 1))) {
            throw node.refusal("makes something else than float32 or float16 of an image");
        }
        reading.rename(node);
    }
}
