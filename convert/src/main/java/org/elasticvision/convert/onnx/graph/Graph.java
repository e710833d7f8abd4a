package org.elasticvision.convert.onnx.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX graph with one input and one output, its nodes in an order in which they can run. Passes change it in place. Not
 * thread-safe.
 */
public final class Graph {
    /**
     * An input or output of the whole graph.
     *
     * @param dimensions sizes, or a name for one that is chosen at run time
     */
    public record Port(String name, List<String> dimensions) {
        public Port {
            dimensions = List.copyOf(dimensions);
        }
    }

    private final String name;
    private final Port input;
    private final Port output;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Set<String>> consumers = new HashMap<>();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();

    /**
     * Starts with no nodes.
     *
     * @param name of the graph
     * @param input what goes in
     * @param output what comes out
     */
    public Graph(String name, Port input, Port output) {
        this.name = name;
        this.input = input;
        this.output = output;
    }

    /** {@return the name of the graph} */
    public String name() {
        return name;
    }

    /** {@return what goes in} */
    public Port input() {
        return input;
    }

    /** {@return what comes out} */
    public Port output() {
        return output;
    }

    /** {@return a snapshot of the nodes, in order} */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /**
     * {@return a snapshot of the nodes with an operator, in order}
     *
     * @param op the operator
     */
    public List<Node> nodes(OpType op) {
        return nodes.values().stream().filter(node -> node.op() == op).toList();
    }

    /** {@return a snapshot of the initializers, in order} */
    public List<Initializer> initializers() {
        return List.copyOf(initializers.values());
    }

    /**
     * {@return who makes a value; empty for the graph's input and for initializers}
     *
     * @param value the value's name
     */
    public Optional<Node> producer(String value) {
        return Optional.ofNullable(nodes.get(value));
    }

    /**
     * {@return who uses a value; the graph's output is used from outside too, which is not listed}
     *
     * @param value the value's name
     */
    public List<Node> consumers(String value) {
        return consumers.getOrDefault(value, Set.of()).stream().map(nodes::get).toList();
    }

    /**
     * {@return who makes a value, if exactly one node uses it, and only once, and nothing outside does}
     *
     * @param value the value's name
     */
    public Optional<Node> producerForOne(String value) {
        long uses = consumers(value).stream()
                .flatMap(node -> node.inputs().stream())
                .filter(value::equals)
                .count();
        return uses == 1 && !isOutput(value) ? producer(value) : Optional.empty();
    }

    /**
     * {@return whether one Relu, and nobody else, uses what a node makes: the two are one layer then}
     *
     * @param node one of the nodes
     */
    public boolean isFollowedByRelu(Node node) {
        List<Node> users = consumers(node.output());
        return users.size() == 1 && users.get(0).op() == OpType.RELU && !isOutput(node.output());
    }

    /**
     * {@return the node that brings a value to 8 bits}
     *
     * @param value the value's name
     */
    public Optional<Node> quantized(String value) {
        return consumers(value).stream()
                .filter(node -> node.op() == OpType.QUANTIZE_LINEAR)
                .findFirst();
    }

    /**
     * {@return whether a value is the graph's output}
     *
     * @param value the value's name
     */
    public boolean isOutput(String value) {
        return value.equals(output.name());
    }

    /**
     * Appends a node, whose inputs are there already.
     *
     * @param node the new node
     */
    public void add(Node node) {
        if (nodes.putIfAbsent(node.output(), node) != null) {
            throw new IllegalArgumentException("two nodes make " + node.output());
        }
        index(node);
    }

    /**
     * Puts a node before one that is there already.
     *
     * @param place a node of this graph
     * @param node the new node
     */
    public void insertBefore(Node place, Node node) {
        List<Node> after = new ArrayList<>();
        for (Node existing : nodes()) {
            if (!after.isEmpty() || existing.output().equals(place.output())) {
                after.add(existing);
            }
        }
        after.forEach(existing -> nodes.remove(existing.output()));
        add(node);
        after.forEach(existing -> nodes.put(existing.output(), existing));
    }

    /**
     * Removes a node whose output nobody uses.
     *
     * @param node one of the nodes
     */
    public void remove(Node node) {
        if (!consumers(node.output()).isEmpty()) {
            throw new IllegalArgumentException(node.output() + " is still used");
        }
        unindex(nodes.remove(node.output()));
    }

    /**
     * Puts a node where the one stands that makes the same value now.
     *
     * @param replacement the new node
     */
    public void replace(Node replacement) {
        unindex(nodes.get(replacement.output()));
        nodes.put(replacement.output(), replacement);
        index(replacement);
    }

    /**
     * Removes a node: those that use its output use its first input from now on. If its output is the graph's, nobody else
     * may use its first input.
     *
     * @param node one of the nodes
     */
    public void bypass(Node node) {
        String source = node.inputs().get(0);
        for (Node consumer : consumers(node.output())) {
            replace(consumer.withInputs(consumer.inputs().stream()
                    .map(value -> value.equals(node.output()) ? source : value)
                    .toList()));
        }
        remove(node);
        if (isOutput(node.output())) {
            Node last = producerOfUnused(source);
            remove(last);
            add(last.withOutput(node.output()));
        }
    }

    private Node producerOfUnused(String value) {
        if (!consumers(value).isEmpty() || !nodes.containsKey(value)) {
            throw new IllegalArgumentException(value + " cannot become the graph's output");
        }
        return nodes.get(value);
    }

    /** Gives every value the name of the node that makes it; the graph's output keeps its own. */
    public void nameValuesAfterNodes() {
        Map<String, String> names = new HashMap<>();
        List<Node> old = nodes();
        old.forEach(node -> names.put(node.output(), isOutput(node.output()) ? node.output() : node.name()));
        nodes.clear();
        consumers.clear();
        for (Node node : old) {
            List<String> inputs = node.inputs().stream()
                    .map(value -> names.getOrDefault(value, value))
                    .toList();
            add(node.withInputs(inputs).withOutput(names.get(node.output())));
        }
    }

    /**
     * Adds an initializer, in the place of one with the same name.
     *
     * @param initializer what is added
     */
    public void put(Initializer initializer) {
        initializers.put(initializer.name(), initializer);
    }

    /** Removes the initializers that no node uses. */
    public void removeUnusedInitializers() {
        initializers.keySet().removeIf(initializer -> consumers(initializer).isEmpty());
    }

    /**
     * {@return the initializer of that name; fails where there is none}
     *
     * @param initializer its name
     */
    public Initializer initializer(String initializer) {
        return Optional.ofNullable(initializers.get(initializer))
                .orElseThrow(() -> new IllegalArgumentException("no initializer " + initializer));
    }

    /**
     * {@return the weights of that name; fails where there are none}
     *
     * @param initializer its name
     */
    public Initializer.Floats weights(String initializer) {
        if (initializers.get(initializer) instanceof Initializer.Floats floats) {
            return floats;
        }
        throw new IllegalArgumentException(initializer + " is not an initializer of floats");
    }

    /**
     * Takes over what another graph of the same input and output consists of, in the place of its own nodes and initializers.
     *
     * @param other no longer used afterwards
     */
    public void become(Graph other) {
        nodes.clear();
        consumers.clear();
        initializers.clear();
        other.nodes().forEach(this::add);
        other.initializers().forEach(this::put);
    }

    /** {@return the graph as it is now, read only} */
    public GraphView view() {
        return GraphView.of(this);
    }

    /** {@return what is wrong with it, in sentences; empty for a graph that can run} */
    public List<String> problems() {
        return GraphCheck.problems(this);
    }

    private void index(Node node) {
        for (String value : node.inputs()) {
            consumers.computeIfAbsent(value, v -> new LinkedHashSet<>()).add(node.output());
        }
    }

    private void unindex(Node node) {
        for (String value : node.inputs()) {
            consumers.get(value).remove(node.output());
        }
    }
}
