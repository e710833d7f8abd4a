package org.elasticvision.convert.onnx.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX node with one output.
 *
 * @param op the operator
 * @param name the node's name, and that of its output unless the graph's output is renamed
 * @param inputs value or initializer names; empty for an optional input left out
 * @param output the value's name
 * @param attributes values are {@code Long}, {@code Float}, {@code String} or {@code List<Long>}
 */
public record Node(OpType op, String name, List<String> inputs, String output, Map<String, Object> attributes) {
    public Node {
        inputs = List.copyOf(inputs);
        attributes = Map.copyOf(attributes);
    }

    /**
     * Makes a node whose output bears its name.
     *
     * @param op the operator
     * @param name its name
     * @param inputs the values that go in
     * @param attributes their values by their names
     * @return the node
     * @throws IllegalArgumentException if its operator takes no such inputs or attributes, or one that it must have is missing
     */
    public static Node of(OpType op, String name, List<String> inputs, Map<String, Object> attributes) {
        Node node = new Node(op, name, inputs, name, attributes).checked();
        op.schema().checkComplete(node);
        return node;
    }

    /**
     * {@return the same node, as read from a file, which may leave out attributes}
     *
     * @throws IllegalArgumentException if its operator takes no such inputs or attributes
     */
    public Node checked() {
        op.schema().check(this);
        return this;
    }

    /** {@return those of the inputs that are activations: neither weights nor sizes} */
    public List<String> activations() {
        return op.activations(this);
    }

    /**
     * {@return the same with other inputs}
     *
     * @param newInputs names of values
     */
    public Node withInputs(List<String> newInputs) {
        return new Node(op, name, newInputs, output, attributes);
    }

    /**
     * {@return the same with another output name}
     *
     * @param newOutput the name of a value
     */
    public Node withOutput(String newOutput) {
        return new Node(op, name, inputs, newOutput, attributes);
    }

    /**
     * {@return the same with an attribute changed}
     *
     * @param attribute the attribute's name
     * @param value its new value
     */
    public Node withAttribute(String attribute, Object value) {
        Map<String, Object> changed = new HashMap<>(attributes);
        changed.put(attribute, value);
        return new Node(op, name, inputs, output, changed);
    }

    /**
     * {@return an integer attribute, or the standard's default}
     *
     * @param attribute the attribute's name
     * @param orElse what it is where the node has none
     */
    public long integer(String attribute, long orElse) {
        return (Long) attributes.getOrDefault(attribute, orElse);
    }

    /**
     * {@return a list of integers, or the default}
     *
     * @param attribute the attribute's name
     * @param orElse what it is where the node has none
     */
    @SuppressWarnings("unchecked") // the attributes of this name are always written as lists
    public List<Long> integers(String attribute, List<Long> orElse) {
        return (List<Long>) attributes.getOrDefault(attribute, orElse);
    }
}
