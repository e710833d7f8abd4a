package org.elasticvision.runtime.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;

/**
 * A node of a graph. An input that is left out has an empty name. Immutable.
 *
 * @param name may be empty
 * @param operator such as {@code Conv}
 * @param domain of the operator; empty for ONNX's own
 */
public record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {
    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /**
     * {@return the name of an input; empty where it is left out}
     *
     * @param index counted from 0
     */
    public Optional<String> input(int index) {
        return index < inputs.size() && !inputs.get(index).isEmpty()
                ? Optional.of(inputs.get(index))
                : Optional.empty();
    }

    /** {@return the name of its first output} */
    public String output() {
        return outputs.get(0);
    }

    /**
     * {@return a whole number}
     *
     * @param attribute its name
     * @param usual where it is not there
     */
    public long number(String attribute, long usual) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).number() : usual;
    }

    /**
     * {@return a number}
     *
     * @param attribute its name
     * @param usual where it is not there
     */
    public float real(String attribute, float usual) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).real() : usual;
    }

    /**
     * {@return a word}
     *
     * @param attribute its name
     * @param usual where it is not there
     */
    public String text(String attribute, String usual) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).text() : usual;
    }

    /**
     * {@return whole numbers, a copy}
     *
     * @param attribute its name
     * @param usual where it is not there
     */
    public long[] numbers(String attribute, long... usual) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).numbers() : usual.clone();
    }

    /**
     * {@return this node for messages}
     *
     * @param what is wrong with it
     */
    public ModelException refusal(String what) {
        return new ModelException("node '" + (name.isEmpty() ? output() : name) + "' (" + operator + ") " + what);
    }
}
