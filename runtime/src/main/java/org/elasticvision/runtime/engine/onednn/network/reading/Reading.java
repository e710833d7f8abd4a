package org.elasticvision.runtime.engine.onednn.network.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.engine.onednn.network.Step;
import org.elasticvision.runtime.engine.onednn.network.Value;
import org.elasticvision.runtime.onnx.OnnxGraph;
import org.elasticvision.runtime.onnx.OnnxInput;
import org.elasticvision.runtime.onnx.OnnxNode;

/** What the nodes of a graph have become so far: values by their names, and steps. For one thread. */
final class Reading {
    private final OnnxGraph graph;
    private final Constants constants;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Value> codes = new HashMap<>();
    private final Map<String, Padding> padded = new HashMap<>();
    private final Map<String, Padding> paddedCodes = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    Reading(OnnxGraph graph, OnnxInput answer, Value input) {
        this.graph = graph;
        this.constants = new Constants(graph.constants());
        values.put(input.name(), input);
        graph.nodes().forEach(node -> node.inputs().forEach(name -> uses.merge(name, 1, Integer::sum)));
        uses.merge(answer.name(), 1, Integer::sum);
    }

    OnnxGraph graph() {
        return graph;
    }

    Constants constants() {
        return constants;
    }

    List<Step> steps() {
        return steps;
    }

    void add(Step step) {
        steps.add(step);
    }

    /** {@return an input that is not a constant} */
    Value value(OnnxNode node, int index) {
        String name = node.input(index).orElse("");
        return named(name)
                .orElseThrow(() -> node.refusal(
                        padded.containsKey(name)
                                ? "is given an image with pixels added, which is not done here"
                                : "has the input '" + name + "', which no node before it makes"));
    }

    /** {@return the value of a name, if a node has made it} */
    Optional<Value> named(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** {@return a new value, a node's output} */
    Value make(OnnxNode node, int... shape) {
        OnnxShapes.elements(node, Arrays.stream(shape).asLongStream().toArray());
        Value value = new Value(node.output(), shape);
        values.put(node.output(), value);
        return value;
    }

    /** A node's output is a value that there is. */
    void put(OnnxNode node, Value value) {
        values.put(node.output(), value);
    }

    /** Whoever uses the old name uses the new one too. */
    void rename(OnnxNode node) {
        put(node, value(node, 0));
        uses.merge(node.output(), uses.get(node.inputs().get(0)) - 1, Integer::sum);
    }

    /** {@return whether nothing but this node uses its first input} */
    boolean isOnlyUser(OnnxNode node) {
        return uses.get(node.inputs().get(0)) == 1;
    }

    /** {@return the value that a node's first input has in codes; empty where that was not quantized} */
    Optional<Value> inCodes(OnnxNode node) {
        return Optional.ofNullable(codes.get(node.inputs().get(0)));
    }

    void putCodes(OnnxNode node, Value value) {
        codes.put(node.output(), value);
    }

    /** {@return what a node's first input is, if pixels were added to it} */
    Optional<Padding> padding(OnnxNode node) {
        return Optional.ofNullable(padded.get(node.inputs().get(0)));
    }

    void putPadding(OnnxNode node, Padding padding) {
        padded.put(node.output(), padding);
    }

    /** {@return what a node's first input is in codes, if pixels were added to it} */
    Optional<Padding> paddingInCodes(OnnxNode node) {
        return Optional.ofNullable(paddedCodes.get(node.inputs().get(0)));
    }

    void putPaddingInCodes(OnnxNode node, Padding padding) {
        paddedCodes.put(node.output(), padding);
    }
}
