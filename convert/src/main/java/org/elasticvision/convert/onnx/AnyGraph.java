package org.elasticvision.convert.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An ONNX graph as its file has it, of any operators and with any number of inputs and outputs; read-only. What
 * our own networks are made of is {@link org.elasticvision.convert.onnx.graph.Graph}.
 *
 * @param declared what the file says of values inside
 */
public record AnyGraph(
        List<Port> inputs, List<Port> outputs, List<Port> declared, List<Tensor> initializers, List<Node> nodes) {
    public AnyGraph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        declared = List.copyOf(declared);
        initializers = List.copyOf(initializers);
        nodes = List.copyOf(nodes);
    }

    /**
     * What is said of a value.
     *
     * @param elementType ONNX's number; 0 where it is not said or the value is not a tensor
     * @param dimensions sizes, or a name (or nothing) for one that is chosen at run time; empty where nothing is said of them
     */
    public record Port(String name, int elementType, Optional<List<String>> dimensions) {}

    /**
     * A constant.
     *
     * @param elementType ONNX's number
     * @param shape empty for a scalar
     * @param numbers its elements, read anew with each call; empty where they are not numbers or are in another file
     */
    public record Tensor(String name, int elementType, List<Long> shape, Supplier<Optional<double[]>> numbers) {
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /**
     * A node.
     *
     * @param domain of the operator; empty for ONNX's own
     * @param name its name in the file, else that of its first output
     * @param inputs empty names for inputs that are left out
     * @param outputs likewise
     * @param attributes {@link Long}, {@link Float}, {@link String}, {@link Tensor}, {@link AnyGraph} or a {@link List} of one
     *     of these; {@link Optional#empty()} for a kind that is not read
     */
    public record Node(
            String domain,
            String operator,
            String name,
            List<String> inputs,
            List<String> outputs,
            Map<String, Object> attributes) {
        public Node {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            attributes = Map.copyOf(attributes);
        }

        /**
         * {@return an attribute, if it is there and of that kind}
         *
         * @param <T> the kind
         * @param attribute the attribute's name
         * @param kind the class of its value
         */
        public <T> Optional<T> attribute(String attribute, Class<T> kind) {
            return Optional.ofNullable(attributes.get(attribute))
                    .filter(kind::isInstance)
                    .map(kind::cast);
        }

        /**
         * {@return an attribute that is a list, if it is there}
         *
         * @param attribute the attribute's name
         */
        public Optional<List<?>> list(String attribute) {
            return attributes.get(attribute) instanceof List<?> list ? Optional.of(list) : Optional.empty();
        }

        /** {@return the graphs among the attributes: branches and loop bodies} */
        public List<AnyGraph> bodies() {
            return attributes.values().stream()
                    .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                    .filter(AnyGraph.class::isInstance)
                    .map(AnyGraph.class::cast)
                    .toList();
        }
    }
}
