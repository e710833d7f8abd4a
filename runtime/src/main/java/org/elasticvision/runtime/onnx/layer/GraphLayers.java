package org.elasticvision.runtime.onnx.layer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.onnx.ModelContent;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxNode;
import org.elasticvision.runtime.onnx.OnnxTensor;

/** Reads the layers of an ONNX file. Stateless. */
public final class GraphLayers {
    /** What says in which numbers a value is, and computes nothing. */
    private static final Set<String> QUANTIZATION = Set.of("QuantizeLinear", "DequantizeLinear");

    private final OnnxGraph graph;
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Set<String> constants;

    private GraphLayers(OnnxGraph graph) {
        this.graph = graph;
        this.constants = new HashSet<>(graph.constants().keySet());
        for (OnnxNode node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
            if (isConstant(node)) {
                constants.addAll(node.outputs());
            }
        }
    }

    /**
     * {@return the layers, in the order of the file: all nodes but those that make constants and those that quantize}
     *
     * @param model an ONNX model with one image as its input, which is run once to learn the shapes
     * @throws ModelException where it is missing, damaged, not an ONNX model or cannot be run
     */
    public static List<GraphLayer> of(Path model) {
        Engine.check(model);
        if (!ModelContent.isOnnx(model)) {
            throw new ModelException(
                    model + " is not an ONNX model, whose graph is read for --layers; give the .onnx file");
        }
        return new GraphLayers(OnnxGraph.read(model)).layers(model);
    }

    private List<GraphLayer> layers(Path model) {
        List<OnnxNode> nodes = graph.nodes().stream()
                .filter(node -> !constants.contains(node.output()) && !QUANTIZATION.contains(node.operator()))
                .toList();
        Set<String> values = new HashSet<>();
        nodes.forEach(node -> {
            values.add(node.output());
            node.input(0).filter(input -> !constants.contains(input)).ifPresent(values::add);
        });
        Map<String, int[]> shapes = ObservedShapes.of(model, graph, values);
        LayerCost cost = new LayerCost(shapes, this::constantShape);
        LayerPrecision precision = new LayerPrecision(graph, constants);
        Set<String> counted = new HashSet<>();
        List<GraphLayer> layers = new ArrayList<>();
        for (OnnxNode node : nodes) {
            layers.add(new GraphLayer(
                    node.name().isEmpty() ? node.output() : node.name(),
                    node.operator(),
                    LayerDetail.of(node),
                    node.outputs(),
                    sources(node),
                    Optional.ofNullable(shapes.get(node.output())).map(GraphLayers::list),
                    cost.of(node),
                    node.inputs().stream()
                            .mapToLong(input -> bytes(input, counted))
                            .sum(),
                    precision.of(node)));
        }
        return layers;
    }

    private List<String> sources(OnnxNode node) {
        return node.inputs().stream()
                .filter(input -> !input.isEmpty() && !constants.contains(input))
                .map(this::pastQuantization)
                .distinct()
                .toList();
    }

    private String pastQuantization(String value) {
        String from = value;
        Optional<OnnxNode> maker = Optional.ofNullable(producers.get(from));
        while (maker.isPresent()
                && QUANTIZATION.contains(maker.get().operator())
                && maker.get().input(0).isPresent()) {
            from = maker.get().input(0).get();
            maker = Optional.ofNullable(producers.get(from));
        }
        return from;
    }

    private boolean isConstant(OnnxNode node) {
        return node.operator().equals("Constant")
                || (!node.inputs().isEmpty()
                        && node.inputs().stream().allMatch(input -> input.isEmpty() || constants.contains(input)));
    }

    /** The bytes of a constant and of what it is made of, those that were not counted before. */
    private long bytes(String value, Set<String> counted) {
        if (!constants.contains(value) || !counted.add(value)) {
            return 0;
        }
        OnnxTensor tensor = graph.constants().get(value);
        if (tensor != null) {
            return (long) tensor.elements() * tensor.type().bytes();
        }
        OnnxNode node = producers.get(value);
        if (node.operator().equals("Constant")) {
            return stored(node)
                    .map(own -> (long) own.elements() * own.type().bytes())
                    .orElse(0L);
        }
        return node.inputs().stream().mapToLong(input -> bytes(input, counted)).sum();
    }

    private static Optional<OnnxTensor> stored(OnnxNode constant) {
        return Optional.ofNullable(constant.attributes().get("value")).flatMap(value -> value.tensor());
    }

    /** Of a constant, also of one in 8 bits, in another type or expanded; empty where it is made in another way. */
    private Optional<long[]> constantShape(String value) {
        OnnxTensor tensor = graph.constants().get(value);
        if (tensor != null) {
            return Optional.of(tensor.shape());
        }
        OnnxNode node = producers.get(value);
        if (node == null || !constants.contains(value)) {
            return Optional.empty();
        }
        return switch (node.operator()) {
            case "Constant" -> stored(node).map(OnnxTensor::shape);
            case "Identity", "Cast", "DequantizeLinear", "QuantizeLinear" ->
                node.input(0).flatMap(this::constantShape);
            case "Expand" -> node.input(1).map(graph.constants()::get).map(OnnxTensor::numbers);
            default -> Optional.empty();
        };
    }

    private static List<Integer> list(int[] shape) {
        List<Integer> list = new ArrayList<>(shape.length);
        for (int length : shape) {
            list.add(length);
        }
        return list;
    }
}
